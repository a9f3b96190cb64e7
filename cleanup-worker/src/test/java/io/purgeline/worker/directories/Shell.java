package io.purgeline.worker.directories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What Java cannot do to a directory. */
final class Shell {

  private Shell() {}

  /** Runs a bash script in the directory; it must succeed. */
  static void run(Path directory, String script) {
    var outcome = attempt(directory, script);
    assertThat(outcome.exit()).as(outcome.output()).isZero();
  }

  static Outcome attempt(Path directory, String script) {
    try {
      var process =
          new ProcessBuilder("bash", "-ec", script)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  record Outcome(int exit, String output) {}
}
