package io.purgeline.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory root with every symlink resolved, as far as it exists: a gateway need not have it
 * mounted.
 */
record RootPath(Path path) {

  static RootPath of(Path configured) {
    var absolute = configured.toAbsolutePath().normalize();
    for (var present = absolute; present != null; present = present.getParent()) {
      try {
        return new RootPath(present.toRealPath().resolve(present.relativize(absolute)).normalize());
      } catch (IOException e) {
        // not there, or not readable: its parent may be
      }
    }
    return new RootPath(absolute);
  }

  /** Whether one is the other, or lies in it. */
  boolean overlaps(RootPath other) {
    return path.startsWith(other.path) || other.path.startsWith(path) || isSameFile(other);
  }

  /** One directory may be mounted twice. */
  private boolean isSameFile(RootPath other) {
    try {
      return Files.isSameFile(path, other.path);
    } catch (IOException e) {
      return false;
    }
  }
}
