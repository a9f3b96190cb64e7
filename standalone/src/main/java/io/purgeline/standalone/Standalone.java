package io.purgeline.standalone;

import io.purgeline.standalone.Options.Command;
import io.purgeline.standalone.Options.UsageException;
import io.purgeline.standalone.demo.Story;
import java.io.IOException;
import org.springframework.boot.logging.LoggingSystem;

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
    try (var session = Session.open(options)) {
      var interruption = Interruption.ends(session::close);
      try {
        var verified =
            options.command() == Command.SERVE
                || new Story(session.stack(), options.dataset()).tell();
        if (options.exit()) {
          return verified ? 0 : 1;
        }
        interruption.isExpected();
        session.stack().printAddresses(System.out);
      } catch (RuntimeException e) {
        if (!interruption.happened()) {
          throw e;
        }
      }
      Interruption.awaitEnd();
      return 0;
    }
  }
}
