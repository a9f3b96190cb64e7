package io.purgeline.worker.directories.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrnoTest {

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"EIO", "ENODEV", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EUCLEAN"})
  void meansAnOutageWhereTheStoreIsUnwell(Errno errno) {
    assertThat(Failures.of("a", errno.number())).isInstanceOf(StoreUnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"EPERM", "EACCES", "EBUSY", "EROFS", "EMFILE", "ENOSPC"})
  void meansTheItemWhereOnlyTheItemFails(Errno errno) {
    assertThat(Failures.of("a", errno.number()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.failure().code()).isEqualTo(errno.name()));
  }

  @Test
  void mayPassUnlessSomethingIsMissing() {
    assertThat(Failures.unavailable("a", Errno.EIO.number()).isPassing()).isTrue();
    assertThat(Failures.unavailable("a", Errno.ENOENT.number()).isPassing()).isFalse();
  }

  @Test
  void hasANumberWhereItHasNoName() {
    assertThat(Errno.nameOf(9999)).isEqualTo("errno 9999");
  }
}
