package io.purgeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What every command has: a login, a screen, help. */
abstract class ApiCommand extends Helpful implements Callable<Integer> {

  @Mixin protected Login login = new Login();
  @Mixin protected Screen screen = new Screen();

  @Override
  public final Integer call() throws InterruptedException {
    try (var api = login.api()) {
      return run(api);
    } finally {
      screen.closeBar();
    }
  }

  /** Does it; answers the exit code. */
  abstract int run(Api api) throws InterruptedException;
}
