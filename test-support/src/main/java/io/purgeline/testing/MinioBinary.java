package io.purgeline.testing;

import java.nio.file.Path;

/** Finds the MinIO program. */
final class MinioBinary {

  private MinioBinary() {}

  /** Skips the running test, or fails it in CI, when there is none. */
  static Path find() {
    return InstalledProgram.find("MinIO", "minio");
  }
}
