package io.purgeline.worker.directories.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ChildOpenerTest {

  @Test
  void isProvenOnThisMachine() {
    assertThat(ChildOpener.ofThisMachine()).isInstanceOf(Openat2Opener.class);
    assertThat(ChildOpener.stepwise()).isInstanceOf(StepwiseOpener.class);
  }

  @Test
  void refusesOneThatFollowsSymbolicLinks() {
    int wrong = OpenFlags.HERE.directory() | OpenFlags.CLOSE_ON_EXEC;
    assertThatThrownBy(() -> ChildOpener.isProven((dir, name) -> Libc.openat(dir, name, wrong, 0)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("/proc/self");
  }

  @Test
  void refusesOneThatCrossesMounts() {
    int flags = OpenFlags.HERE.realDirectory();
    assertThatThrownBy(() -> ChildOpener.isProven((dir, name) -> Libc.openat(dir, name, flags, 0)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("/proc");
  }

  @Test
  void passesOverOneThatTheSystemDoesNotHave() {
    assertThat(ChildOpener.isProven((dir, name) -> -Errno.ENOSYS.number())).isFalse();
    assertThat(ChildOpener.isProven((dir, name) -> -Errno.EPERM.number())).isFalse();
  }
}
