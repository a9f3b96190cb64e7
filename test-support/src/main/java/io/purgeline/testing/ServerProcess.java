package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run of a server program. A small shell holds it and kills it as soon as its standard input
 * ends: when asked to, and also when this JVM dies in whatever way.
 */
final class ServerProcess {

  private static final String GUARD = "\"$@\" & cat >/dev/null; kill -9 $!; wait";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process shell;

  private ServerProcess(Process shell) {
    this.shell = shell;
  }

  /**
   * Starts the program and waits until the probe answers true.
   *
   * @param log gets what the program prints, after what is in it
   */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Path log, Callable<Boolean> ready) {
    var guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "sh"));
    guarded.addAll(command);
    var builder = new ProcessBuilder(guarded);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    try {
      return new ServerProcess(builder.start()).awaitReady(log, ready);
    } catch (IOException e) {
      throw new UncheckedIOException("could not launch " + command.getFirst(), e);
    }
  }

  /** Kills the program, as a power cut would, and waits until it is gone. */
  void kill() {
    var family = shell.descendants().toList();
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("the server could not be told to stop", e);
    }
    shell.onExit().join();
    family.forEach(process -> process.onExit().join());
  }

  private ServerProcess awaitReady(Path log, Callable<Boolean> ready) {
    try {
      Awaitility.await()
          .dontCatchUncaughtExceptions() // of clients that wait for it, too
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(ready);
      return this;
    } catch (ConditionTimeoutException e) {
      kill();
      throw new IllegalStateException("the server did not get ready:\n" + read(log), e);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }
}
