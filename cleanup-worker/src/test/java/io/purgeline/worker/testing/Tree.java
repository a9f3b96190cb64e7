package io.purgeline.worker.testing;

import io.purgeline.worker.directories.TreeIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Directory trees of a test. */
public final class Tree {

  private Tree() {}

  /** Makes so many files of this many bytes, a hundred to a directory. */
  public static Path fill(Path directory, int files, int size) {
    try {
      for (int i = 0; i < files; i++) {
        var parent = directory.resolve("part-" + i / 100);
        if (i % 100 == 0) {
          Files.createDirectories(parent);
        }
        Files.write(parent.resolve("file-" + i), new byte[size]);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path file(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file below the directory with its content. */
  public static Map<String, String> contents(Path directory) {
    try (var files = Files.walk(directory)) {
      var found = new TreeMap<String, String>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        found.put(directory.relativize(file).toString(), Files.readString(file));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What tells this directory from another one in its place. */
  public static TreeIdentity identity(Path directory) {
    try {
      var inode = (Long) Files.getAttribute(directory, "unix:ino");
      var born = (FileTime) Files.getAttribute(directory, "creationTime");
      return new TreeIdentity(inode, born.to(TimeUnit.NANOSECONDS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command on a file; it must succeed. */
  public static void run(String... command) {
    try {
      var exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a command prints; how it ends does not matter. */
  public static String output(String... command) {
    try {
      var process = new ProcessBuilder(command).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    run("sh", "-c", "chattr -R -f -i \"$1\"; rm -rf \"$1\"", "sh", directory.toString());
  }
}
