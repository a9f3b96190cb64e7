package io.purgeline.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL process that serves one data folder, found by its {@code postmaster.pid}.
 *
 * <p>A process counts only if it is alive, is called {@code postgres} and was started for this very
 * folder: after a reboot the number in the file may belong to somebody else.
 */
record PostgresProcess(ProcessHandle handle) {

  private static final Duration FAST = Duration.ofSeconds(60);
  private static final Duration IMMEDIATE = Duration.ofSeconds(10);

  static Optional<PostgresProcess> in(Path data) {
    return recordedPid(data.resolve("postmaster.pid"))
        .flatMap(ProcessHandle::of)
        .filter(handle -> serves(handle.info(), data))
        .map(PostgresProcess::new);
  }

  /**
   * Stops it as {@code pg_ctl -m fast} would: transactions are rolled back, a checkpoint is
   * written. After a minute it is told to stop at once, and recovers at its next start.
   */
  void stop() {
    signal("INT");
    if (!endsWithin(FAST)) {
      signal("QUIT");
    }
    if (!endsWithin(IMMEDIATE)) {
      throw new IllegalStateException("PostgreSQL, process " + handle.pid() + ", does not stop");
    }
  }

  boolean endsWithin(Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + handle.pid(), e);
    }
  }

  // Java can send TERM and KILL only; TERM would wait for the last client, KILL loses the
  // checkpoint.
  private void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + handle.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot signal process " + handle.pid(), e);
    }
  }

  private static boolean serves(ProcessHandle.Info info, Path data) {
    return info.command().filter(command -> command.endsWith("/postgres")).isPresent()
        && info.arguments().map(Arrays::asList).orElse(List.of()).contains(data.toString());
  }

  private static Optional<Long> recordedPid(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).map(Long::valueOf);
    } catch (IOException | NumberFormatException _) {
      return Optional.empty(); // none was started here, or it ended in order
    }
  }
}
