package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

interface FailureContract extends OnDisk {

  @Test
  default void reportsAnImmutableFileAndUnlinksTheRest() {
    disk().makeSmallTarget();
    var stuck = disk().target().resolve("sub/b.bin");
    chattr("+i", stuck);
    var task = disk().moveAside(store());
    var unlinked = store().unlink(task, Control.toTheEnd());
    chattr("-i", disk().inTrash(task).resolve("sub/b.bin"));
    assertThat(unlinked.gone()).isFalse();
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(2, 400));
    assertThat(unlinked.failed()).isEqualTo(1);
    assertThat(unlinked.failedBytes()).isEqualTo(200);
    assertThat(unlinked.failures())
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.what()).isEqualTo(".purgeline-trash/" + task + "/sub/b.bin");
          assertThat(failure.code()).isEqualTo("EPERM");
          assertThat(failure.message()).contains("immutable");
        });
    var second = store().unlink(task, Control.toTheEnd());
    assertThat(second.gone()).isTrue();
    assertThat(second.removed()).isEqualTo(new TreeSize(1, 200));
  }

  @Test
  default void reportsTheFilesOfAnImmutableDirectory() {
    disk().makeSmallTarget();
    chattr("+i", disk().target().resolve("sub"));
    var task = disk().moveAside(store());
    var unlinked = store().unlink(task, Control.toTheEnd());
    chattr("-i", disk().inTrash(task).resolve("sub"));
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(1, 100));
    assertThat(unlinked.failed()).isEqualTo(2);
    assertThat(unlinked.failedBytes()).isEqualTo(500);
    assertThat(unlinked.failures())
        .allSatisfy(failure -> assertThat(failure.message()).contains("directory is immutable"));
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  @Test
  default void countsTheBytesOfFailedHardLinksOnce() throws Exception {
    var one = disk().file(disk().target().resolve("stuck/one"), 300);
    Files.createLink(disk().target().resolve("stuck/two"), one);
    Files.createLink(disk().target().resolve("free"), one);
    chattr("+i", disk().target().resolve("stuck"));
    var task = disk().moveAside(store());
    var unlinked = store().unlink(task, Control.toTheEnd());
    var rest = store().count(task);
    chattr("-i", disk().inTrash(task).resolve("stuck"));
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(1, 0));
    assertThat(new TreeSize(unlinked.failed(), unlinked.failedBytes()))
        .isEqualTo(rest)
        .isEqualTo(new TreeSize(2, 300));
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(rest);
  }

  @Test
  default void namesAThousandFailuresAndCountsAll() {
    disk().directory(disk().target());
    Shell.run(disk().target(), "seq 1500 | xargs touch");
    var task = disk().moveAside(store());
    chattr("+i", disk().inTrash(task));
    var unlinked = store().unlink(task, Control.toTheEnd());
    chattr("-i", disk().inTrash(task));
    assertThat(unlinked.failed()).isEqualTo(1500);
    assertThat(unlinked.failures()).hasSize(1000);
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  @Test
  default void failsDeepInATreeOnlyOnce() {
    DeepTree.make(disk(), 200, 1);
    disk().file(disk().target().resolve("stuck"), 5);
    chattr("+i", disk().target().resolve("stuck"));
    var task = disk().moveAside(store());
    var unlinked = store().unlink(task, Control.toTheEnd());
    chattr("-i", disk().inTrash(task).resolve("stuck"));
    assertThat(unlinked.failed()).isEqualTo(1);
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(200, 200));
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  private static void chattr(String attribute, Path file) {
    var outcome = Shell.attempt(Path.of("/"), "chattr " + attribute + " '" + file + "'");
    Assumptions.assumeTrue(
        outcome.exit() == 0, "The file system has no immutable files: " + outcome.output());
  }
}
