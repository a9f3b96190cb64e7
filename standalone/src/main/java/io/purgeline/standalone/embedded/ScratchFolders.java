package io.purgeline.standalone.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Numbered folders for those who keep nothing. The same few are used again and again: what a killed
 * process left in one, a running PostgreSQL and its data, is found by the next one that starts.
 */
final class ScratchFolders {

  private ScratchFolders() {}

  /** Cleans up after those that are gone, and holds the first folder that nobody uses, empty. */
  static DataFolder hold(Path parent) {
    @Nullable DataFolder mine = null;
    for (int n = 1; mine == null || Files.exists(parent.resolve("" + n)); n++) {
      try {
        var folder = emptied(DataFolder.hold(parent.resolve("" + n)));
        if (mine == null) {
          mine = folder;
        } else {
          folder.close();
        }
      } catch (FolderInUseException _) {
        continue; // its owner lives
      }
    }
    return mine;
  }

  private static DataFolder emptied(DataFolder folder) {
    try {
      EmbeddedPostgres.stopLeftOver(folder);
      folder.clear();
      return folder;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }
}
