package io.purgeline.worker.directories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Every path below some directories with what is in it, to be compared later. */
record Content(Map<Path, String> entries) {

  static Content of(Path... directories) {
    var entries = new TreeMap<Path, String>();
    try {
      for (var directory : directories) {
        Files.walkFileTree(directory, new Collector(entries));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Content(entries);
  }

  private static final class Collector extends SimpleFileVisitor<Path> {

    private final Map<Path, String> entries;

    private Collector(Map<Path, String> entries) {
      this.entries = entries;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      entries.put(directory, "directory");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      entries.put(
          file,
          attributes.isSymbolicLink()
              ? "link to " + Files.readSymbolicLink(file)
              : Arrays.toString(Files.readAllBytes(file)));
      return FileVisitResult.CONTINUE;
    }
  }
}
