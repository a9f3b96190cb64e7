package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A mount for one test; where mounting is not permitted the test is skipped, in CI it fails. */
public record TestMount(Path point) implements AutoCloseable {

  static TestMount tmpfs(Path point) {
    return mount(point, "mount -t tmpfs purgeline-test '" + point + "'");
  }

  public static TestMount bind(Path source, Path point) {
    return mount(point, "mount --bind '" + source + "' '" + point + "'");
  }

  /**
   * The folders {@code lower} and {@code upper} in one; directories of the lower one stay there.
   */
  static TestMount overlay(Path lower, Path upper, Path work, Path point) {
    var layers = "lowerdir=%s,upperdir=%s,workdir=%s".formatted(lower, upper, work);
    return mount(
        point,
        "mount -t overlay purgeline-test -o redirect_dir=off," + layers + " '" + point + "'");
  }

  private static TestMount mount(Path point, String command) {
    var outcome = Shell.attempt(Path.of("/"), command);
    if (outcome.exit() != 0) {
      assertThat(System.getenv("CI")).as(outcome.output()).isNotEqualTo("true");
      Assumptions.abort("Mounting is not permitted here: " + outcome.output());
    }
    return new TestMount(point);
  }

  /** Fails while something holds a handle. */
  @Override
  public void close() {
    Shell.run(Path.of("/"), "umount '" + point + "'");
  }
}
