package io.purgeline.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFoldersTest {

  @TempDir Path parent;

  @Test
  void givesEachOneAnEmptyFolderOfItsOwn() throws Exception {
    try (var one = ScratchFolders.hold(parent)) {
      Files.writeString(one.resolve("data"), "of the first");
      try (var two = ScratchFolders.hold(parent)) {
        assertThat(two.path()).isNotEqualTo(one.path());
        assertThat(one.resolve("data")).hasContent("of the first");
      }
    }
  }

  @Test
  void cleansUpInAllThatNobodyHoldsAnyMore() throws Exception {
    var one = ScratchFolders.hold(parent);
    try (var two = ScratchFolders.hold(parent)) {
      Files.createDirectories(one.resolve("deep/er"));
      Files.createSymbolicLink(one.resolve("link"), two.path());
      Files.writeString(two.resolve("data"), "of the second");
      one.close();

      try (var again = ScratchFolders.hold(parent)) {
        assertThat(again.path()).isEqualTo(one.path());
        assertThat(again.resolve("deep")).doesNotExist();
        assertThat(again.resolve("link")).doesNotExist();
        assertThat(two.resolve("data")).hasContent("of the second");
        Files.writeString(again.resolve("data"), "of the first");
        two.close();
        ScratchFolders.hold(parent).close();
        assertThat(two.resolve("data")).doesNotExist();
      }
    }
  }
}
