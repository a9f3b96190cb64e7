package io.purgeline.standalone;

import io.purgeline.standalone.Options.Command;
import io.purgeline.standalone.Options.UsageException;
import io.purgeline.standalone.demo.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/** The commands {@code demo} and {@code serve}. */
public final class Standalone {

  private static final int USAGE = 2;

  private Standalone() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    LoggingSystem.get(Standalone.class.getClassLoader()).beforeInitialize(); // quiet until Spring
    try {
      System.exit(run(Options.parse(args)));
    } catch (UsageException e) {
      System.err.println("purgeline: " + e.getMessage() + ". Try: ./purgeline --help");
      System.exit(USAGE);
    }
  }

  private static int run(Options options) throws IOException, InterruptedException {
    var given = options.data();
    var temporary = given == null && options.command() == Command.DEMO;
    var data = given != null ? given : folder(temporary);
    try (var stack = Stack.start(data)) {
      var stop = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> shutDown(stack, stop, temporary, data)));
      var verified =
          options.command() == Command.SERVE || new Story(stack, options.dataset()).tell();
      if (options.command() == Command.DEMO && options.exit()) {
        return verified ? 0 : 1;
      }
      stack.printAddresses(System.out);
      stop.await(); // until Ctrl-C
      return verified ? 0 : 1;
    }
  }

  private static Path folder(boolean temporary) throws IOException {
    return temporary
        ? Files.createTempDirectory("purgeline-demo-")
        : Path.of("data").toAbsolutePath();
  }

  /** Also runs after a normal end: everything is closed once, and a demo leaves nothing behind. */
  private static void shutDown(Stack stack, CountDownLatch stop, boolean temporary, Path data) {
    stack.close();
    if (temporary) {
      try {
        FileSystemUtils.deleteRecursively(data);
      } catch (IOException e) {
        System.err.println("purgeline: " + data + " could not be removed: " + e.getMessage());
      }
    }
    stop.countDown();
  }
}
