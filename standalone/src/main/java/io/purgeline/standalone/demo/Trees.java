package io.purgeline.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** Directories on disk: made, copied and summed up. */
final class Trees {

  private Trees() {}

  /** A training as a trainer leaves it: checkpoints and a log. */
  static void training(Path directory, int checkpoints) throws IOException {
    var random = RandomGenerator.of("L64X128MixRandom");
    var weights = new byte[256 * 1024];
    for (int i = 0; i < checkpoints; i++) {
      random.nextBytes(weights);
      var step = Files.createDirectories(directory.resolve("checkpoints/step-" + i * 1000));
      Files.write(step.resolve("model.safetensors"), weights);
      Files.writeString(step.resolve("state.json"), "{\"step\": " + i * 1000 + "}");
    }
    Files.writeString(directory.resolve("logs.txt"), "loss 0.1\n".repeat(1000));
  }

  /** Copies files and folders; links are left out. */
  static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(path, target);
        }
      }
    }
  }

  /** Every file below the directory with the checksum of its content; nothing if it is gone. */
  static Map<String, Long> contents(Path directory) throws IOException {
    var found = new TreeMap<String, Long>();
    if (!Files.exists(directory)) {
      return found;
    }
    try (var paths = Files.walk(directory)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          found.put(directory.relativize(path).toString(), checksum(path));
        }
      }
    }
    return found;
  }

  private static long checksum(Path file) throws IOException {
    var checksum = new CRC32();
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
      }
    }
    return checksum.getValue();
  }
}
