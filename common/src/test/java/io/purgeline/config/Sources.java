package io.purgeline.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of all modules, and the documents that tell of them. */
final class Sources {

  private static final Path ROOT = Path.of("..");

  private Sources() {}

  /** Each name that a document tells, as the first group of the pattern finds it. */
  static Stream<String> namedIn(String document, Pattern names) {
    return names
        .matcher(read(ROOT.resolve("docs").resolve(document)))
        .results()
        .map(found -> found.group(1))
        .distinct();
  }

  /**
   * The text of every file that a type of this name is in.
   *
   * @param folder of each module, for example {@code src/main/java}
   */
  static Stream<String> of(String type, String folder) throws IOException {
    try (var modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve(folder))
          .filter(Files::isDirectory)
          .flatMap(sources -> below(sources, type))
          .toList()
          .stream();
    }
  }

  private static Stream<String> below(Path sources, String type) {
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith(type + ".java"))
          .map(Sources::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
