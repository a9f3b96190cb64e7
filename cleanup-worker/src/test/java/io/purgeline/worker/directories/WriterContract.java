package io.purgeline.worker.directories;

import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

interface WriterContract extends OnDisk {

  @Test
  default void unlinksWhatIsAddedAfterTheListing() {
    disk().file(disk().target().resolve("first"), 10);
    var task = disk().moveAside(store());
    var late = disk().inTrash(task).resolve("late");
    // Asked for the second time it has read the listing and removed the only entry.
    var control =
        Control.doing(count -> {
          if (count == 2) {
            disk().file(late, 20);
          }
        });
    var unlinked = storeOfOneThread().unlink(task, control);
    assertThat(unlinked.gone()).isTrue();
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(2, 30));
  }

  @Test
  default void finishesWhileAWriterStillWorksInTheTree() throws Exception {
    disk().makeSmallTarget();
    var writer =
        new ProcessBuilder("bash", "-c", "i=0; while echo x > w$((i++)); do :; done 2> /dev/null")
            .directory(disk().target().resolve("sub").toFile())
            .start();
    try {
      patiently().until(() -> Files.exists(disk().target().resolve("sub/w100")));
      var task = disk().moveAside(store());
      patiently().until(() -> store().unlink(task, Control.toTheEnd()).gone());
      assertThat(writer.waitFor()).isNotNegative(); // its directory is gone, so it ended
      assertThat(store().isAside(task)).isFalse();
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  default void whatIsGoneAlreadyIsNoFailure() throws Exception {
    for (int f = 0; f < 100; f++) {
      disk().file(disk().target().resolve("f" + f), 1);
    }
    var task = disk().moveAside(store());
    var control =
        Control.doing(count -> {
          if (count == 2) {
            Shell.run(disk().inTrash(task), "rm -f f*");
          }
        });
    var unlinked = storeOfOneThread().unlink(task, control);
    assertThat(unlinked.gone()).isTrue();
    assertThat(unlinked.failures()).isZero();
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(1, 1));
  }
}
