package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Files that nobody can remove, not even root. */
public final class Immutable {

  private Immutable() {}

  /**
   * Makes a file immutable. Where the file system does not know that, the running test is skipped
   * by name, or fails in CI.
   */
  public static void make(Path file) throws IOException, InterruptedException {
    if (run("chattr", "+i", file.toString()) != 0) {
      var message = "chattr +i is not possible below " + file.getParent() + ": take another TMPDIR";
      assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
      Assumptions.abort(message);
    }
  }

  /** Takes that back for everything in a directory, wherever in it a purge has put it. */
  public static void end(Path directory) throws IOException, InterruptedException {
    run("chattr", "-R", "-f", "-i", directory.toString()); // it complains about links
  }

  private static int run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
