package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

interface LinksContract extends OnDisk {

  @Test
  default void unlinksSymbolicLinksInsideAndNeverFollowsThem() {
    disk().makeSmallTarget();
    disk().link(disk().target().resolve("to-victim"), disk().victim());
    disk().link(disk().target().resolve("sub/to-file"), disk().victim().resolve("precious.bin"));
    disk().link(disk().target().resolve("dangling"), Path.of("/nowhere/at/all"));
    disk().link(disk().target().resolve("up"), Path.of("../../.."));
    var task = disk().moveAside(store());
    var before = count(task);
    assertThat(before.entries()).isEqualTo(7);
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(before);
    assertThat(store().isAside(task)).isFalse();
  }

  @RepeatedTest(20)
  default void neverEscapesWhileDirectoriesAreSwappedForLinks() throws Exception {
    for (int d = 0; d < 30; d++) {
      disk().file(disk().target().resolve("d" + d + "/file"), 1);
    }
    var task = disk().moveAside(store());
    var tree = disk().inTrash(task);
    var attacker = Thread.ofPlatform().start(() -> swap(tree));
    store().unlink(task, Control.toTheEnd());
    disk().assertNeighboursAreUntouched();
    attacker.join();
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  @Test
  default void countsAHardLinkedFileOnceAndOnlyIfItsLastLinkIsInTheTree() throws Exception {
    var kept = disk().file(disk().root().resolve("kept.bin"), 1000);
    var inside = disk().file(disk().target().resolve("a/one.bin"), 500);
    Files.createLink(disk().target().resolve("outside-too.bin"), kept);
    Files.createLink(disk().target().resolve("two.bin"), inside);
    var task = disk().moveAside(store());
    assertThat(count(task)).isEqualTo(new TreeSize(3, 500));
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(new TreeSize(3, 500));
    assertThat(kept).hasSize(1000);
  }

  @Test
  default void countsHardLinksExactlyWhileManyThreadsUnlinkThem() throws Exception {
    disk().file(disk().target().resolve("0/f0"), 0);
    for (int d = 0; d < 16; d++) {
      disk().directory(disk().target().resolve("" + d));
    }
    for (int f = 0; f < 400; f++) {
      var first = disk().file(disk().target().resolve("0/f" + f), 100 + f);
      for (int d = 1; d < 16; d++) {
        Files.createLink(disk().target().resolve(d + "/f" + f), first);
      }
    }
    var task = disk().moveAside(store());
    var before = count(task);
    assertThat(before).isEqualTo(new TreeSize(6400, 400 * 100 + 399 * 200));
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(before);
  }

  @RepeatedTest(5)
  default void countsHardLinksExactlyWhileTwoThreadsKeepInStep() throws Exception {
    for (int f = 0; f < 300; f++) {
      var first = disk().file(disk().target().resolve("a/" + f), 100);
      disk().directory(disk().target().resolve("b"));
      Files.createLink(disk().target().resolve("b/" + f), first);
    }
    var task = disk().moveAside(store());
    var caller = Thread.currentThread();
    var step = new Step();
    // The caller hands the two directories to two threads, which then take the same names together.
    var control =
        Control.doing(count -> {
          if (Thread.currentThread() != caller) {
            step.together();
          }
        });
    var removed = store().unlink(task, control).removed();
    assertThat(removed).isEqualTo(new TreeSize(600, 30_000));
  }

  @Test
  default void hardLinksAddUpWhenItStopsMidway() throws Exception {
    for (int f = 0; f < 200; f++) {
      var first = disk().file(disk().target().resolve("a/f" + f), 10 + f);
      Files.createLink(disk().target().resolve("a/g" + f), first);
    }
    var task = disk().moveAside(store());
    var before = count(task);
    var removed = store().unlink(task, Control.stoppingAt(200)).removed();
    var rest = count(task);
    assertThat(rest.entries() + removed.entries()).isEqualTo(before.entries());
    assertThat(rest.bytes() + removed.bytes()).isEqualTo(before.bytes());
    assertThat(rest.entries()).isPositive();
  }

  private void swap(Path tree) {
    for (int round = 0; Files.exists(tree) && round < 300; round++) {
      var directory = tree.resolve("d" + round % 30);
      var aside = tree.resolve("aside-" + UUID.randomUUID());
      try {
        Files.move(directory, aside);
        Files.createSymbolicLink(directory, disk().victim());
        Files.delete(directory);
        Files.move(aside, directory);
      } catch (IOException alreadyUnlinked) {
        // The next one.
      }
    }
  }
}
