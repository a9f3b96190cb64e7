package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class RememberedPasswordsTest {

  private final List<String> compared = new ArrayList<>();
  private final RememberedPasswords passwords = new RememberedPasswords(new Slow());

  @Test
  void comparesARightPasswordOnlyOnce() {
    assertThat(passwords.matches("right", "hash of right")).isTrue();
    assertThat(passwords.matches("right", "hash of right")).isTrue();

    assertThat(compared).containsExactly("right");
  }

  @Test
  void comparesAWrongOneEveryTimeAndNeverLetsItIn() {
    passwords.matches("right", "hash of right");

    assertThat(passwords.matches("wrong", "hash of right")).isFalse();
    assertThat(passwords.matches("wrong", "hash of right")).isFalse();
    assertThat(passwords.matches("right", "hash of other")).isFalse();

    assertThat(compared).containsExactly("right", "wrong", "wrong", "right");
  }

  private final class Slow implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence raw) {
      return "hash of " + raw;
    }

    @Override
    public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
      compared.add(String.valueOf(raw));
      return ("hash of " + raw).equals(encoded);
    }
  }
}
