package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface RootContract extends OnDisk {

  @Test
  default void hasNoIdentityUntilItIsMarked() throws Exception {
    assertThat(store().identity()).isEmpty();
    store().mark("5f0c");
    assertThat(store().identity()).contains("5f0c");
    assertThat(storeOfOneThread().identity()).contains("5f0c");
    try (var entries = Files.list(disk().root())) {
      assertThat(entries.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("live.txt", "runs", DirectoryStore.MARKER);
    }
  }

  @Test
  default void neverReplacesAMarker() {
    store().mark("first");
    assertThatThrownBy(() -> store().mark("second"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("EEXIST");
    assertThat(store().identity()).contains("first");
  }

  @Test
  default void isUnavailableWhileTheRootIsMissingOrNoDirectory() throws Exception {
    disk().makeSmallTarget();
    var kept = disk().base().resolve("kept");
    disk().move(disk().root(), kept);
    assertEverythingIsUnavailable();
    Files.createFile(disk().root());
    assertEverythingIsUnavailable();
    Files.delete(disk().root());
    disk().move(kept, disk().root());
    assertThat(store().look(Disk.TARGET)).isPresent();
  }

  @Test
  default void isUnavailableWhileAnotherDirectoryIsInThePlaceOfTheRoot() throws Exception {
    disk().makeSmallTarget();
    store().look(Disk.TARGET);
    var kept = disk().base().resolve("kept");
    disk().move(disk().root(), kept);
    Files.createDirectory(disk().root());
    assertThat(store().identity()).isEmpty();
    assertTreesAreUnavailable();
    Files.delete(disk().root());
    disk().move(kept, disk().root());
    assertThat(store().look(Disk.TARGET)).isPresent();
  }

  @Test
  default void isUnavailableWhereTheMarkerIsAnother() throws Exception {
    store().mark("first");
    Files.delete(disk().root().resolve(DirectoryStore.MARKER));
    assertTreesAreUnavailable();
    storeOfOneThread().mark("second");
    assertThat(store().identity()).contains("second");
    assertTreesAreUnavailable();
    store().expect("second");
    assertThat(store().look(Disk.TARGET)).isEmpty();
  }

  @Test
  default void knowsARootByItsMarkerWhereverItIsMountedFrom() throws Exception {
    store().mark("the-root");
    disk().makeSmallTarget();
    Shell.run(disk().base(), "mv root kept; cp -a kept root");
    assertThat(store().look(Disk.TARGET)).isPresent();
  }

  @Test
  default void learnsTheMarkerOfARootThatIsMountedLate() throws Exception {
    var kept = disk().base().resolve("kept");
    store().mark("the-root");
    disk().move(disk().root(), kept);
    Files.createDirectory(disk().root()); // the empty mount point
    var late = storeOfOneThread();
    assertThat(late.look(Disk.TARGET)).isEmpty();
    Files.delete(disk().root());
    disk().move(kept, disk().root());
    assertThatThrownBy(() -> late.look(Disk.TARGET)).isInstanceOf(StoreUnavailableException.class);
    assertThat(late.identity()).contains("the-root");
    assertThat(late.look(Disk.TARGET)).isEmpty();
  }

  @Test
  default void doesNotTrustAMarkerThatIsNoFile() throws Exception {
    var marker = disk().root().resolve(DirectoryStore.MARKER);
    Shell.run(disk().root(), "mkfifo " + DirectoryStore.MARKER);
    assertThatThrownBy(() -> store().identity()).isInstanceOf(StoreUnavailableException.class);
    Files.delete(marker);
    disk().link(marker, Files.writeString(disk().base().resolve("elsewhere"), "an-id"));
    assertThatThrownBy(() -> store().identity()).isInstanceOf(StoreUnavailableException.class);
    Files.delete(marker);
    Files.createDirectory(marker);
    assertThatThrownBy(() -> store().identity()).isInstanceOf(StoreUnavailableException.class);
    Files.delete(marker);
    Files.createFile(marker);
    assertThatThrownBy(() -> store().identity()).isInstanceOf(StoreUnavailableException.class);
  }

  private void assertEverythingIsUnavailable() {
    assertThatThrownBy(() -> store().identity()).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store().mark("x")).isInstanceOf(StoreUnavailableException.class);
    assertTreesAreUnavailable();
  }

  private void assertTreesAreUnavailable() {
    var task = UUID.randomUUID();
    var nothing = new TreeIdentity(1, 1);
    assertThatThrownBy(() -> store().look(Disk.TARGET))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store().moveAside(Disk.TARGET, task, nothing))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store().isAside(task)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> count(task)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store().unlink(task, Control.toTheEnd()))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
