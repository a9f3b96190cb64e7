package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./purgeline} answers before it builds or starts anything. */
class ScriptTest {

  private static final Path SCRIPT = Path.of("..", "purgeline").toAbsolutePath().normalize();

  @TempDir Path elsewhere;

  private record Answer(int exitCode, String output) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "serve",
        "gateway",
        "worker",
        "ctl status",
        "build",
        "test",
        "bench purge",
        "up",
        "down",
        "--help"
      })
  void givesAnExampleOfEachCommand(String command) throws Exception {
    var help = run(List.of("--help"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("./purgeline " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing-like-it",
        "--nothing-like-it",
        "--help --nothing-like-it",
        "-h demo",
        "help demo",
        "demo --nothing-like-it",
        "demo DIR",
        "demo --data",
        "demo --data --exit",
        "demo --dataset --exit",
        "demo --dataset",
        "demo --dataset /no/such/directory",
        "serve --exit",
        "serve --data",
        "serve --data --exit",
        "gateway DIR",
        "worker -x",
        "build --fast",
        "test Something",
        "test --all --all",
        "bench",
        "bench nothing-like-it",
        "bench purge directory",
        "up --now",
        "down --now"
      })
  void refusesWhatItDoesNotKnowInOneSentence(String arguments) throws Exception {
    var answer = run(List.of(arguments.split(" ")));
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.output().lines()).singleElement().asString().startsWith("purgeline: ");
  }

  @Test
  void refusesToCopyADirectoryWithoutAFile() throws Exception {
    Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("/etc/passwd"));

    var answer = run(List.of("demo", "--dataset", elsewhere.toString()));

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.output()).startsWith("purgeline: there are no files in '" + elsewhere + "'");
  }

  @Test
  void refusesToDoNothing() throws Exception {
    assertThat(run(List.of()).exitCode()).isEqualTo(2);
  }

  @Test
  void worksThroughALinkInAFolderWithSpaces() throws Exception {
    var link = Files.createDirectories(elsewhere.resolve("with some space")).resolve("purge");
    Files.createSymbolicLink(link, SCRIPT);
    assertThat(run(link, List.of("--help")).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down"})
  void saysWhatItNeedsWhereNoDockerAnswers(String command) throws Exception {
    Scripts.write(elsewhere.resolve("docker"), "#!/bin/sh\nexit 1\n");

    var answer = run(SCRIPT, List.of(command));

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.output().lines()).singleElement().asString().contains("Docker");
  }

  /** A version that nobody has yet stands for a machine without any. */
  @Test
  void saysHowToGetAJdkWhereThereIsNone() throws Exception {
    var script = Files.readString(SCRIPT).replace("WANTED_JAVA=25", "WANTED_JAVA=999");
    var copy = Files.writeString(elsewhere.resolve("purgeline"), script);

    var answer = run(copy, List.of("build"));

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.output().lines())
        .singleElement()
        .asString()
        .contains("no JDK 999")
        .contains("https://");
  }

  private Answer run(List<String> arguments) throws Exception {
    return run(SCRIPT, arguments);
  }

  private Answer run(Path script, List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(elsewhere.toFile());
    builder.environment().merge("PATH", elsewhere.toString(), (path, own) -> own + ":" + path);
    var process = builder.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output);
  }
}
