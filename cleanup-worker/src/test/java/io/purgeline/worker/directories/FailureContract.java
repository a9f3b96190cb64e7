package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

interface FailureContract extends OnDisk {

  @Test
  default void reportsAnImmutableFileAndUnlinksTheRest() {
    disk().makeSmallTarget();
    var stuck = disk().target().resolve("sub/b.bin");
    chattr("+i", stuck);
    var task = disk().moveAside(store());
    var control = Control.toTheEnd();
    var unlinked = store().unlink(task, control);
    chattr("-i", disk().inTrash(task).resolve("sub/b.bin"));
    assertThat(unlinked)
        .isEqualTo(new Unlinked(new TreeSize(2, 400), false, 1, new TreeSize(1, 200)));
    assertThat(control.failures())
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
    var control = Control.toTheEnd();
    var unlinked = store().unlink(task, control);
    chattr("-i", disk().inTrash(task).resolve("sub"));
    assertThat(unlinked)
        .isEqualTo(new Unlinked(new TreeSize(1, 100), false, 2, new TreeSize(2, 500)));
    assertThat(control.failures())
        .hasSize(2)
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
    var rest = count(task);
    chattr("-i", disk().inTrash(task).resolve("stuck"));
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(1, 0));
    assertThat(unlinked.failed()).isEqualTo(rest).isEqualTo(new TreeSize(2, 300));
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(rest);
  }

  @Test
  default void reportsEveryFailure() {
    disk().directory(disk().target());
    Shell.run(disk().target(), "seq 1500 | xargs touch");
    var task = disk().moveAside(store());
    chattr("+i", disk().inTrash(task));
    var control = Control.toTheEnd();
    var unlinked = store().unlink(task, control);
    chattr("-i", disk().inTrash(task));
    assertThat(unlinked.failed().entries()).isEqualTo(1500);
    assertThat(unlinked.failures()).isEqualTo(1500);
    assertThat(control.failures().stream().map(ItemFailure::what).distinct()).hasSize(1500);
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
    assertThat(unlinked.failed()).isEqualTo(new TreeSize(1, 5));
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(200, 200));
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  @Test
  default void reportsADirectoryThatMayNotBeReadAndUnlinksTheRest() {
    disk().makeSmallTarget();
    var task = moveAsideWith("closed", "000");
    var control = Control.toTheEnd();

    Unprivileged.run(() -> {
      assertThat(countWithOneThread(task)).isEqualTo(new TreeSize(3, 600));
      assertThat(storeOfOneThread().unlink(task, control))
          .isEqualTo(new Unlinked(new TreeSize(3, 600), false, 1, TreeSize.EMPTY));
    });

    assertFailure(control, ".purgeline-trash/" + task + "/closed");
    assertTheRestGoesOnceItMay(task, "closed");
  }

  @Test
  default void reportsTheFilesOfADirectoryThatMayNotBeEntered() {
    disk().makeSmallTarget();
    var task = moveAsideWith("listed", "400");
    var control = Control.toTheEnd();

    Unprivileged.run(() -> {
      assertThat(countWithOneThread(task)).isEqualTo(new TreeSize(4, 600));
      assertThat(storeOfOneThread().unlink(task, control))
          .isEqualTo(new Unlinked(new TreeSize(3, 600), false, 1, new TreeSize(1, 0)));
    });

    assertFailure(control, ".purgeline-trash/" + task + "/listed/kept.bin");
    assertTheRestGoesOnceItMay(task, "listed");
  }

  @Test
  default void reportsTheFilesOfAReadOnlyDirectory() {
    disk().makeSmallTarget();
    var task = moveAsideWith("read-only", "500");
    var control = Control.toTheEnd();

    Unprivileged.run(() -> {
      assertThat(countWithOneThread(task)).isEqualTo(new TreeSize(4, 650));
      assertThat(storeOfOneThread().unlink(task, control))
          .isEqualTo(new Unlinked(new TreeSize(3, 600), false, 1, new TreeSize(1, 50)));
    });

    assertFailure(control, ".purgeline-trash/" + task + "/read-only/kept.bin");
    assertTheRestGoesOnceItMay(task, "read-only");
  }

  /** A directory of the target with a file of 50 bytes gets these permissions. */
  private UUID moveAsideWith(String directory, String permissions) {
    disk().file(disk().target().resolve(directory + "/kept.bin"), 50);
    Shell.run(disk().target(), "chmod " + permissions + " " + directory);
    return disk().moveAside(store());
  }

  /** Work of other threads would have their permissions. */
  private TreeSize countWithOneThread(UUID task) {
    return storeOfOneThread().count(task, () -> false).orElseThrow();
  }

  private static void assertFailure(Control control, String what) {
    assertThat(control.failures())
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.what()).isEqualTo(what);
          assertThat(failure.code()).isEqualTo("EACCES");
        });
  }

  private void assertTheRestGoesOnceItMay(UUID task, String directory) {
    Shell.run(disk().inTrash(task), "chmod 700 " + directory);
    assertThat(count(task)).isEqualTo(new TreeSize(1, 50));
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  /** As in a container whose root is a directory of its image. */
  @Test
  default void refusesWhatTheFileSystemCannotMove() {
    var memory = disk().directory(disk().base().resolve("memory"));
    try (var tmpfs = TestMount.tmpfs(memory)) {
      var lower = disk().directory(memory.resolve("lower"));
      var upper = disk().directory(memory.resolve("upper"));
      var work = disk().directory(memory.resolve("work"));
      var merged = disk().directory(memory.resolve("merged"));
      disk().file(lower.resolve("run-1/a.bin"), 100);
      try (var overlay = TestMount.overlay(lower, upper, work, merged)) {
        assertCannotBeMoved(merged);
        assertThat(merged.resolve("run-1/a.bin")).hasSize(100);
      }
    }
  }

  private void assertCannotBeMoved(Path root) {
    try (var layered = storeOf(root)) {
      var found = layered.look("run-1").orElseThrow();
      assertThatThrownBy(() -> layered.moveAside("run-1", UUID.randomUUID(), found))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("cannot be moved")
          .hasMessageContaining("EXDEV");
    }
  }

  private static void chattr(String attribute, Path file) {
    var outcome = Shell.attempt(Path.of("/"), "chattr " + attribute + " '" + file + "'");
    Assumptions.assumeTrue(
        outcome.exit() == 0, "The file system has no immutable files: " + outcome.output());
  }
}
