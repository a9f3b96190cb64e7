package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface MountContract extends OnDisk {

  @Test
  default void refusesATargetWithAFileSystemMountedInside() {
    disk().makeSmallTarget();
    var found = store().look(Disk.TARGET).orElseThrow();
    var point = disk().directory(disk().target().resolve("sub/mo unt\\x"));
    try (var mount = TestMount.tmpfs(point)) {
      disk().file(point.resolve("live.bin"), 10);
      assertRefusedNaming("mo unt\\x5cx", Disk.TARGET);
      assertThatThrownBy(() -> store().moveAside(Disk.TARGET, UUID.randomUUID(), found))
          .isInstanceOf(RefusedException.class);
      assertThat(point.resolve("live.bin")).exists();
    }
    assertThat(store().look(Disk.TARGET)).contains(found);
  }

  @Test
  default void refusesATargetWithABindMountInside() {
    disk().makeSmallTarget();
    var point = disk().directory(disk().target().resolve("bound"));
    try (var mount = TestMount.bind(disk().victim(), point)) {
      assertRefusedNaming("/bound", Disk.TARGET);
    }
  }

  @Test
  default void refusesATargetWithAFileMountedInside() {
    disk().makeSmallTarget();
    var point = disk().target().resolve("a.bin");
    try (var mount = TestMount.bind(disk().victim().resolve("precious.bin"), point)) {
      assertRefusedNaming("/a.bin", Disk.TARGET);
    }
  }

  @Test
  default void refusesAMountPointAndWhatLiesBelowIt() {
    disk().makeSmallTarget();
    try (var mount = TestMount.bind(disk().victim(), disk().target())) {
      assertRefusedNaming("runs/run-1", Disk.TARGET);
      assertRefusedNaming("runs/run-1", Disk.TARGET + "/sub");
    }
  }

  @Test
  default void namesWithTheSameBeginningAreNoMountsInside() {
    disk().makeSmallTarget();
    var point = disk().directory(disk().root().resolve("runs/run-11"));
    try (var mount = TestMount.tmpfs(point)) {
      assertThat(store().look(Disk.TARGET)).isPresent();
    }
  }

  @Test
  default void leavesAMountAloneThatAppearsAfterTheRename() throws Exception {
    disk().makeSmallTarget();
    disk().directory(disk().target().resolve("point"));
    var task = disk().moveAside(store());
    var point = disk().inTrash(task).resolve("point");
    try (var mount = TestMount.bind(disk().victim(), point)) {
      assertThat(count(task)).isEqualTo(new TreeSize(3, 600));
      var control = Control.toTheEnd();
      var unlinked = store().unlink(task, control);
      assertThat(unlinked.gone()).isFalse();
      assertThat(unlinked.removed()).isEqualTo(new TreeSize(3, 600));
      assertThat(control.failures())
          .singleElement()
          .satisfies(failure -> assertThat(failure.what()).endsWith("/point"));
    }
    assertThat(store().unlink(task, Control.toTheEnd()).gone()).isTrue();
  }

  @Test
  default void doesNotHoldUpAnUnmountAndNoticesIt() throws Exception {
    var elsewhere = disk().base().resolve("mounted");
    disk().directory(elsewhere);
    disk().move(disk().root(), disk().base().resolve("kept"));
    Files.createDirectory(disk().root());
    try {
      try (var mount = TestMount.tmpfs(disk().root())) {
        store().mark("id-of-the-mount");
        disk().makeSmallTarget();
        assertThat(store().look(Disk.TARGET)).isPresent();
        store().unlink(disk().moveAside(store()), Control.toTheEnd());
      }
      assertThat(store().identity()).isEmpty();
      assertThatThrownBy(() -> store().look(Disk.TARGET))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("id-of-the-mount");
    } finally {
      Files.delete(disk().root());
      disk().move(disk().base().resolve("kept"), disk().root());
    }
  }

  private void assertRefusedNaming(String name, String path) {
    assertThatThrownBy(() -> store().look(path))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("EXDEV")
        .hasMessageContaining(name);
  }
}
