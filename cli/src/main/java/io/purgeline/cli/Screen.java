package io.purgeline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person, or with {@code --output json} a script, gets to see. A script gets one JSON
 * document and nothing else on standard output; warnings and questions go to standard error.
 */
final class Screen {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Nothing is done to more than so many without asking. */
  static final int MANY = 100;

  /** Forms of output. */
  enum Format {
    table,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format = Format.table;

  private boolean barIsOpen;

  boolean isJson() {
    return format == Format.json;
  }

  /** Whether a person sits there, who sees lines change and can be asked. */
  static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** The one document for a script; people do not get it. UTF-8 whatever the locale is. */
  void json(JsonNode node) {
    if (isJson()) {
      // Not closed: standard output is not ours alone.
      var out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
      out.println(JSON.writeValueAsString(node));
      out.flush();
    }
  }

  /** A line for people; scripts do not get it. */
  synchronized void line(String pattern, Object... values) {
    if (!isJson()) {
      closeBar();
      System.out.println(
          Readable.line(
              values.length == 0 ? pattern : String.format(Locale.ROOT, pattern, values)));
    }
  }

  void table(Table table) {
    if (!isJson()) {
      table.lines().forEach(System.out::println);
    }
  }

  /** Something that people and those who read a script's log should know. */
  synchronized void warning(String sentence) {
    closeBar();
    System.err.println(Readable.line(sentence));
  }

  /** Replaces the last line on a terminal, as long as nothing else was written since. */
  synchronized void bar(String text) {
    System.out.print("\r\033[K" + text);
    System.out.flush();
    barIsOpen = true;
  }

  synchronized void closeBar() {
    if (barIsOpen) {
      System.out.println();
      barIsOpen = false;
    }
  }

  /**
   * Asks before something that is large or hard to take back.
   *
   * @throws FailedException if the answer is no, or nobody is there to be asked
   */
  void confirm(boolean yes, String question) {
    if (yes) {
      return;
    }
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new FailedException(
          ExitCode.REFUSED, question + " Nobody is there to be asked: give --yes.");
    }
    System.err.print(Readable.line(question) + " [y/N] ");
    System.err.flush();
    var answer = console.readLine();
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new FailedException(ExitCode.REFUSED, "Nothing was done.");
    }
  }
}
