package io.purgeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, a command ends with a documented exit code and a sentence. */
class CtlTest {

  private static final Pattern CODE_IN_TABLE = Pattern.compile("(?m)^\\| (\\d+) \\|");

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  @AutoClose private final FakeGateway gateway = new FakeGateway();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(errors, true, UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\": [{\"id\": \"a\", \"requested_at\": \"yesterday\"}, {\"requested_at\": \"x\"}]}",
        "{\"items\": [{\"id\": \"a\"}, {}]}",
        "<html>hello</html>",
        "[]",
        "{\"items\": [",
      })
  void takesStrangeDeletionsForAnotherServer(String answer) {
    gateway.answers("/deletions", answer);

    assertThat(gateway.run("status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(errors.toString(UTF_8).lines()).singleElement().asString().contains("not Purgeline");
  }

  @Test
  void takesFiguresThatAreNoneForAnotherServer() {
    gateway.answers("/dead-letters/groups", "{\"items\": [{\"count\": \"many\"}]}");

    assertThat(gateway.run("status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(errors.toString(UTF_8).lines()).singleElement().asString().contains("not Purgeline");
  }

  @Test
  void endsWithOneSentenceWhenItIsInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThat(gateway.run("status")).isEqualTo(ExitCode.INTERRUPTED);
    } finally {
      Thread.interrupted(); // the next test is not
    }
    assertThat(errors.toString(UTF_8)).isEqualTo("Interrupted.\n");
  }

  @Test
  void tellsOfAFaultInOneSentence() {
    var failure = Failures.of(new IllegalStateException("odd"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAULT);
    assertThat(failure)
        .hasMessage(
            "This should not happen, please report it: java.lang.IllegalStateException: odd.");
  }

  @Test
  void tellsTheSameExitCodesInItsHelpAndInTheDocuments() throws IOException {
    var help = Ctl.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet();
    var documented =
        CODE_IN_TABLE
            .matcher(Files.readString(Path.of("..", "docs", "cli.md")))
            .results()
            .map(found -> found.group(1));

    assertThat(help).containsExactly("0", "1", "2", "3", "4", "5", "130");
    assertThat(documented).containsExactlyElementsOf(help);
  }
}
