package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.gateway.http.ApiException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RegistrationSlotsTest {

  private final RegistrationSlots slots = new RegistrationSlots();

  @Test
  void refusesTheOneTooManyAndTakesTheNext() {
    assertThatThrownBy(() -> nested(9, () -> "done"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("8 registrations");

    assertThat(nested(8, () -> "done")).isEqualTo("done");
  }

  private String nested(int depth, Supplier<String> innermost) {
    return depth == 0 ? innermost.get() : slots.inOne(() -> nested(depth - 1, innermost));
  }
}
