package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

interface CountContract extends OnDisk {

  @Test
  default void countsNothingWhereNothingIs() {
    assertThat(count(UUID.randomUUID())).isEqualTo(TreeSize.EMPTY);
  }

  @Test
  default void countsEntriesThatAreNotDirectoriesAndTheirApparentSizes() {
    disk().makeSmallTarget();
    disk().directory(disk().target().resolve("empty"));
    Shell.run(disk().target(), "truncate -s 10G sparse; mkfifo fifo; ln -s a.bin link");
    var task = disk().moveAside(store());
    assertThat(count(task)).isEqualTo(new TreeSize(6, 600 + (10L << 30) + 5));
    assertThat(count(task)).isEqualTo(new TreeSize(6, 600 + (10L << 30) + 5));
  }

  @Test
  default void stopsCountingPromptlyAndChangesNothing() {
    disk().directory(disk().target());
    Shell.run(disk().target(), "mkdir {1..40}; for d in *; do touch $d/{1..50}; done");
    var task = disk().moveAside(store());
    var asked = new AtomicLong();

    assertThat(store().count(task, () -> asked.incrementAndGet() >= 500)).isEmpty();

    assertThat(asked.get()).isLessThan(520); // each thread may ask once more
    assertThat(count(task)).isEqualTo(new TreeSize(2_000, 0));
  }

  @Test
  default void countsATreeDeeperThanAnyPathMayBe() {
    DeepTree.make(disk(), 600, 1000);
    var task = disk().moveAside(store());
    assertThat(count(task)).isEqualTo(new TreeSize(600, 600_000));
    assertThat(count(task)).isEqualTo(new TreeSize(600, 600_000));
    var control = Control.toTheEnd();
    assertThat(store().unlink(task, control).gone()).isTrue();
    assertThat(control.removed()).isEqualTo(new TreeSize(600, 600_000));
  }
}
