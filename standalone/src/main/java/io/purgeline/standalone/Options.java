package io.purgeline.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param command demo or serve
 * @param data where everything is kept; null for a folder that goes with the process
 * @param exit whether the demo ends after its story
 * @param dataset a folder of the user's with at least one file, whose copy the demo deletes too
 */
record Options(Command command, @Nullable Path data, boolean exit, @Nullable Path dataset) {

  enum Command {
    DEMO,
    SERVE
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException one sentence for the person who typed it
   */
  static Options parse(String... args) {
    var words = new ArrayDeque<>(List.of(args));
    var command = command(words.poll());
    Path data = null;
    Path dataset = null;
    var exit = false;
    while (!words.isEmpty()) {
      var option = words.remove();
      var demo = command == Command.DEMO;
      if (option.equals("--data")) {
        data = Path.of(value(option, words)).toAbsolutePath().normalize();
      } else if (option.equals("--exit") && demo) {
        exit = true;
      } else if (option.equals("--dataset") && demo) {
        dataset = filled(value(option, words));
      } else {
        throw new UsageException("Unknown option: " + option);
      }
    }
    return new Options(command, data, exit, dataset);
  }

  private static Command command(@Nullable String word) {
    if ("demo".equals(word)) {
      return Command.DEMO;
    }
    if ("serve".equals(word)) {
      return Command.SERVE;
    }
    throw new UsageException("Unknown command: " + (word == null ? "(none)" : word));
  }

  private static String value(String option, Deque<String> words) {
    var value = words.poll();
    if (value == null || value.isEmpty() || value.startsWith("-")) { // that is the next option
      throw new UsageException(option + " needs a folder");
    }
    return value;
  }

  /** Where the folder really is: who walks through it does not follow a link to it. */
  private static Path filled(String name) {
    try {
      var folder = Path.of(name).toRealPath();
      if (!Files.isDirectory(folder)) {
        throw new UsageException("Not a folder: " + name);
      }
      if (!holdsAFile(folder)) {
        throw new UsageException("There are no files in " + name);
      }
      return folder;
    } catch (IOException | UncheckedIOException _) {
      throw new UsageException("Not a folder that can be read: " + name);
    }
  }

  private static boolean holdsAFile(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.anyMatch(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** The command line makes no sense. */
  static final class UsageException extends RuntimeException {
    UsageException(String message) {
      super(message);
    }
  }
}
