package io.purgeline.worker.directories.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class OpenFlagsTest {

  @Test
  void differByArchitecture() {
    assertThat(OpenFlags.of("Linux", "amd64")).isEqualTo(new OpenFlags(0x10000, 0x20000));
    assertThat(OpenFlags.of("Linux", "aarch64")).isEqualTo(new OpenFlags(0x4000, 0x8000));
  }

  @Test
  void areRefusedForWhatIsNotKnown() {
    assertThatThrownBy(() -> OpenFlags.of("Linux", "riscv64"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("riscv64");
    assertThatThrownBy(() -> OpenFlags.of("Mac OS X", "aarch64"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Mac OS X");
  }
}
