package io.purgeline.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What operators copy out of the documents: every fenced block, with its language. */
public final class Documents {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```([^\\n`]*)\\n(.*?)^ *```$");

  private Documents() {}

  /**
   * One block.
   *
   * @param place file and line, for a person
   * @param text without the indentation of its fence
   */
  public record Block(String place, String language, String text) {

    @Override
    public String toString() {
      return place + " " + language;
    }
  }

  /** Of the pages that an operator works with. */
  public static Stream<Block> blocks() {
    return Stream.concat(
            Stream.of("README.md", "docs/cli.md", "docs/operations.md").map(ROOT::resolve),
            runbooks())
        .flatMap(Documents::blocks);
  }

  public static Stream<Block> blocks(String language) {
    return blocks().filter(block -> block.language.equals(language));
  }

  private static Stream<Path> runbooks() {
    try (var pages = Files.list(ROOT.resolve("docs/runbooks"))) {
      return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Block> blocks(Path page) {
    try {
      var text = Files.readString(page);
      return FENCED
          .matcher(text)
          .results()
          .map(found -> {
            var line = text.substring(0, found.start()).lines().count() + 1;
            var inside = found.group(3).replaceAll("(?m)^" + found.group(1), "");
            return new Block(ROOT.relativize(page) + ":" + line, found.group(2), inside);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
