package io.purgeline.it.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Installation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line as a process of its own, on the class path of this JVM. */
final class CtlProcess {

  private static final JsonMapper ONE_DOCUMENT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Pattern NEEDED =
      Pattern.compile("[/\\\\]cli[/\\\\]target[/\\\\]|picocli|jackson|jspecify");

  private static final List<String> COMMAND =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xlog:disable",
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + archive(),
          "-cp",
          classPath(),
          "io.purgeline.cli.Ctl");

  /** What the command line needs and nothing else, as in its jar: a long class path takes time. */
  private static String classPath() {
    var parts = System.getProperty("java.class.path").split(File.pathSeparator);
    return Arrays.stream(parts)
        .filter(part -> NEEDED.matcher(part).find())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Written by the first of them that ends, it spares the others half of their start. */
  private static Path archive() {
    var file = "purgeline-ctl-" + ProcessHandle.current().pid() + ".jsa";
    var archive = Path.of(System.getProperty("java.io.tmpdir"), file);
    archive.toFile().deleteOnExit();
    return archive;
  }

  private final Path folder;
  private final Map<String, String> environment;
  private final List<Running> started;

  private CtlProcess(Path folder, Map<String, String> environment, List<Running> started) {
    this.folder = folder;
    this.environment = environment;
    this.started = started;
  }

  /** What a shell has to be told to start it. */
  static String shellCommand() {
    return COMMAND.stream().map(CtlProcess::quoted).collect(Collectors.joining(" "));
  }

  /**
   * For a gateway, with the login of an operator.
   *
   * @param folder for what it prints; also its home, where no settings are
   */
  static CtlProcess of(String url, Path folder) {
    var login =
        Map.of(
            "PURGELINE_URL",
            url,
            "PURGELINE_USER",
            Installation.USER,
            "PURGELINE_PASSWORD",
            Installation.PASSWORD);
    return new CtlProcess(folder, login, new CopyOnWriteArrayList<>());
  }

  /** The same with other variables; those that are empty are unset. */
  CtlProcess with(Map<String, String> more) {
    var all = new HashMap<>(environment);
    all.putAll(more);
    return new CtlProcess(folder, all, started);
  }

  Answer run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end();
  }

  /** Standard output as JSON; fails unless it is exactly one document. */
  JsonNode json(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    var answer = run(all.toArray(String[]::new));
    return ONE_DOCUMENT.readTree(answer.out());
  }

  Running start(String... arguments) throws IOException {
    var command = new ArrayList<>(COMMAND);
    command.addAll(List.of(arguments));
    return launch(command);
  }

  /** The same on a terminal, where somebody types the given text. */
  Answer onTerminal(String typed, String... arguments) throws IOException, InterruptedException {
    return shellOnTerminal(
        typed,
        shellCommand()
            + Arrays.stream(arguments)
                .map(CtlProcess::quoted)
                .collect(Collectors.joining(" ", " ", "")));
  }

  /** A line for the shell on a terminal, where somebody types the given text. */
  Answer shellOnTerminal(String typed, String line) throws IOException, InterruptedException {
    var running = launch(List.of("script", "-qec", line, "/dev/null"));
    try (var keyboard = running.process().outputWriter(UTF_8)) {
      keyboard.write(typed);
      keyboard.flush();
      return running.end();
    }
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }

  private Running launch(List<String> command) throws IOException {
    var out = Files.createTempFile(folder, "ctl", ".out");
    var err = Files.createTempFile(folder, "ctl", ".err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    var variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("PURGELINE_"));
    variables.remove("XDG_CONFIG_HOME");
    variables.put("HOME", folder.toString());
    variables.put("SHELL", "/bin/sh");
    variables.putAll(environment);
    var running = new Running(builder.start(), out, err);
    started.add(running);
    return running;
  }

  /** Ends whatever was started and still runs. */
  void endAll() {
    started.forEach(Running::kill);
    started.clear();
  }

  /** One that has not ended yet. */
  record Running(Process process, Path outFile, Path errFile) {

    String out() {
      return read(outFile);
    }

    String err() {
      return read(errFile);
    }

    Answer end() throws InterruptedException {
      try {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        return new Answer(process.exitValue(), out(), err());
      } finally {
        kill();
      }
    }

    private void kill() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What it printed and how it ended. */
  record Answer(int exitCode, String out, String err) {

    Answer endsWith(int expected) {
      assertThat(exitCode).as("exit code; out: %s err: %s", out, err).isEqualTo(expected);
      return this;
    }
  }
}
