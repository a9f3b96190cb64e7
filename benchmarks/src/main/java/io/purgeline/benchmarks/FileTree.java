package io.purgeline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory like one of a training: three levels, small files in the lowest. */
final class FileTree {

  private static final byte[] CONTENT = new byte[256];

  private FileTree() {}

  static void make(Path top, int directories, int filesEach) throws IOException {
    for (int i = 0; i < directories; i++) {
      var leaf = top.resolve("a" + i / 100).resolve("b" + i / 10 % 10).resolve("c" + i % 10);
      Files.createDirectories(leaf);
      for (int file = 0; file < filesEach; file++) {
        Files.write(leaf.resolve("file-" + file + ".npy"), CONTENT);
      }
    }
  }
}
