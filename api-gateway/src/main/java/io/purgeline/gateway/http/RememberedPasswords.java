package io.purgeline.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Spares the slow comparison of a password that was right before: every request of HTTP Basic
 * brings it again, and bcrypt takes a tenth of a second of a core each time. What is kept is a
 * keyed digest whose key never leaves this process; wrong passwords are always compared slowly.
 */
final class RememberedPasswords implements PasswordEncoder {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MOST = 10_000;

  private final PasswordEncoder slow;
  private final SecretKeySpec key;
  private final Set<String> right = ConcurrentHashMap.newKeySet();

  RememberedPasswords(PasswordEncoder slow) {
    this.slow = slow;
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence raw) {
    return slow.encode(raw);
  }

  @Override
  public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
    var digest = digest(raw + "\0" + encoded);
    if (right.contains(digest)) {
      return true;
    }
    var matches = slow.matches(raw, encoded);
    if (matches && right.size() < MOST) {
      right.add(digest);
    }
    return matches;
  }

  private String digest(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
