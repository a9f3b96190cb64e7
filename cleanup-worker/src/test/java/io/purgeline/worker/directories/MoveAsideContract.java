package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.RefusedException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface MoveAsideContract extends OnDisk {

  @Test
  default void movesTheTreeIntoATrashOfItsOwn() throws Exception {
    disk().makeSmallTarget();
    var task = disk().moveAside(store());
    assertThat(disk().target()).doesNotExist();
    assertThat(disk().inTrash(task).resolve("sub/c.bin")).hasSize(300);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(disk().trash())))
        .isEqualTo("rwx------");
    assertThat(store().isAside(task)).isTrue();
    assertThat(store().isAside(UUID.randomUUID())).isFalse();
  }

  @Test
  default void movesATreeDirectlyBelowTheRoot() {
    disk().file(disk().root().resolve("top/a.bin"), 1);
    var task = UUID.randomUUID();
    var found = store().look("top").orElseThrow();
    assertThat(store().moveAside("top", task, found)).isTrue();
    assertThat(store().moveAside("top", task, found)).isTrue();
    assertThat(store().isAside(task)).isTrue();
  }

  @Test
  default void mayBeRepeatedAfterTheMove() {
    disk().makeSmallTarget();
    var task = UUID.randomUUID();
    var found = store().look(Disk.TARGET).orElseThrow();
    assertThat(store().moveAside(Disk.TARGET, task, found)).isTrue();
    disk().file(disk().target().resolve("new.bin"), 9);
    assertThat(store().moveAside(Disk.TARGET, task, found)).isTrue();
    assertThat(disk().target().resolve("new.bin")).exists();
  }

  @Test
  default void mayBeRepeatedAfterItsParentIsGone() throws Exception {
    disk().file(disk().root().resolve("group/run/a.bin"), 1);
    var task = UUID.randomUUID();
    var found = store().look("group/run").orElseThrow();
    assertThat(store().moveAside("group/run", task, found)).isTrue();
    Files.delete(disk().root().resolve("group"));
    assertThat(store().moveAside("group/run", task, found)).isTrue();
  }

  @Test
  default void saysFalseWhereTheTreeIsNowhere() {
    assertThat(store().moveAside(Disk.TARGET, UUID.randomUUID(), new TreeIdentity(1, 1))).isFalse();
    assertThat(store().moveAside("no/where", UUID.randomUUID(), new TreeIdentity(1, 1))).isFalse();
  }

  @Test
  default void leavesANewTreeAtTheSamePathAlone() {
    disk().makeSmallTarget();
    var found = store().look(Disk.TARGET).orElseThrow();
    disk().move(disk().target(), disk().root().resolve("old"));
    disk().makeSmallTarget();
    assertThatThrownBy(() -> store().moveAside(Disk.TARGET, UUID.randomUUID(), found))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another directory is at the path by now");
    assertThat(disk().target().resolve("sub/c.bin")).hasSize(300);
  }

  @Test
  default void putsBackWhatWasMovedByMistakeBeforeACrash() {
    disk().makeSmallTarget();
    var found = store().look(Disk.TARGET).orElseThrow();
    disk().move(disk().target(), disk().root().resolve("old"));
    disk().makeSmallTarget();
    var task = UUID.randomUUID();
    disk().directory(disk().trash());
    disk().move(disk().target(), disk().inTrash(task)); // the rename, then the crash
    assertThatThrownBy(() -> store().moveAside(Disk.TARGET, task, found))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("put back");
    assertThat(disk().target().resolve("sub/c.bin")).hasSize(300);
    assertThat(store().isAside(task)).isFalse();
  }

  @Test
  default void neverReplacesAnythingWhenPuttingBack() {
    var task = UUID.randomUUID();
    disk().file(disk().inTrash(task).resolve("wrong.bin"), 5);
    disk().directory(disk().target());
    assertThatThrownBy(() -> store().moveAside(Disk.TARGET, task, new TreeIdentity(1, 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("could not be put back");
    assertThat(disk().inTrash(task).resolve("wrong.bin")).hasSize(5);
    assertThat(disk().target()).isEmptyDirectory();
  }

  @Test
  default void refusesATrashThatIsASymbolicLink() {
    disk().makeSmallTarget();
    var found = store().look(Disk.TARGET).orElseThrow();
    disk().link(disk().trash(), disk().victim());
    assertThatThrownBy(() -> store().moveAside(Disk.TARGET, UUID.randomUUID(), found))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("real directory");
    assertThatThrownBy(() -> store().unlink(UUID.randomUUID(), Control.toTheEnd()))
        .isInstanceOf(RefusedException.class);
    assertThat(disk().target()).isDirectory();
  }

  @Test
  default void refusesWhatLookRefuses() {
    disk().link(disk().target(), disk().victim());
    for (var path : new String[] {Disk.TARGET, "", "../outside/victim", ".purgeline-trash/x"}) {
      assertThatThrownBy(() -> store().moveAside(path, UUID.randomUUID(), new TreeIdentity(1, 1)))
          .isInstanceOf(RefusedException.class);
    }
  }
}
