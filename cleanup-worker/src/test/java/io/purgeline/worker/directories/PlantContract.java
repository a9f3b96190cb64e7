package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Writing one small file, and nowhere but below the root. */
interface PlantContract extends OnDisk {

  byte[] CONTENT = {'a', 'b'};

  @Test
  default void makesADirectoryAndThoseAboveItAndAFile() throws IOException {
    store().plant("own/place", "file", CONTENT);
    store().plant("own/place", "file", new byte[] {'c'});
    store().plant("own/other", "file", CONTENT);

    var place = disk().root().resolve("own/place");
    assertThat(place).isDirectoryContaining(path -> path.endsWith("file"));
    assertThat(Files.readAllBytes(place.resolve("file"))).isEqualTo(CONTENT);
    assertThat(disk().root().resolve("own/other/file")).exists();
  }

  @Test
  default void plantsNothingBehindALink() {
    disk().link(disk().root().resolve("way"), disk().base().resolve("outside"));

    assertThatThrownBy(() -> store().plant("way/place", "file", CONTENT))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("symbolic link");

    assertThat(disk().base().resolve("outside/place")).doesNotExist();
  }

  @Test
  default void plantsNothingInTheTrash() {
    assertThatThrownBy(() -> store().plant(DirectoryStore.TRASH + "/x", "file", CONTENT))
        .isInstanceOf(RefusedException.class);
  }
}
