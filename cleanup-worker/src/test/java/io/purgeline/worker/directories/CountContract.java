package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

interface CountContract extends OnDisk {

  @Test
  default void countsNothingWhereNothingIs() {
    assertThat(store().count(UUID.randomUUID())).isEqualTo(TreeSize.EMPTY);
  }

  @Test
  default void countsEntriesThatAreNotDirectoriesAndTheirApparentSizes() {
    disk().makeSmallTarget();
    disk().directory(disk().target().resolve("empty"));
    Shell.run(disk().target(), "truncate -s 10G sparse; mkfifo fifo; ln -s a.bin link");
    var task = disk().moveAside(store());
    assertThat(store().count(task)).isEqualTo(new TreeSize(6, 600 + (10L << 30) + 5));
    assertThat(store().count(task)).isEqualTo(new TreeSize(6, 600 + (10L << 30) + 5));
  }

  @Test
  default void countsATreeDeeperThanAnyPathMayBe() {
    DeepTree.make(disk(), 600, 1000);
    var task = disk().moveAside(store());
    assertThat(store().count(task)).isEqualTo(new TreeSize(600, 600_000));
    assertThat(store().count(task)).isEqualTo(new TreeSize(600, 600_000));
    var control = Control.toTheEnd();
    assertThat(store().unlink(task, control).gone()).isTrue();
    assertThat(control.removed()).isEqualTo(new TreeSize(600, 600_000));
  }
}
