package io.purgeline.standalone;

import io.purgeline.testing.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What {@code ./purgeline demo} or {@code serve} starts, in a process of its own with a cache of
 * its own, where its log is.
 */
record StandaloneProcess(Process process, Path log) implements AutoCloseable {

  static final Pattern LOGIN = Pattern.compile("Login +(\\S+) / (\\S+)");

  static StandaloneProcess start(Path cache, Path log, String... arguments) {
    var options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    var main = Standalone.class.getName();
    var command = JavaCommand.onThisClassPath(options, main, List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Redirect.to(log.toFile()));
    builder.directory(Objects.requireNonNull(log.getParent()).toFile());
    builder.environment().put("PURGELINE_CACHE", cache.toString());
    try {
      return new StandaloneProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header for the login that it made. */
  String authorization() {
    var login = found(LOGIN, 1) + ":" + found(LOGIN, 2);
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /** A group of the first match in its output. */
  String found(Pattern pattern, int group) {
    var matcher = pattern.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in:\n" + output());
    }
    return matcher.group(group);
  }

  /** Waits for its end by itself; its exit code. */
  int awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still runs after " + limit + ":\n" + output());
    }
    return process.exitValue();
  }

  /** As a power cut would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As a shutdown of the machine does; Ctrl-C is treated the same way. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    kill();
  }
}
