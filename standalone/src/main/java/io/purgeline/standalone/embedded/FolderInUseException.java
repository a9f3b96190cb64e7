package io.purgeline.standalone.embedded;

import java.nio.file.Path;

/** Another process holds the data folder. */
public final class FolderInUseException extends IllegalStateException {

  FolderInUseException(Path folder) {
    super("data folder " + folder + " is in use by another Purgeline");
  }
}
