package io.purgeline.standalone;

import io.purgeline.standalone.Options.Command;
import io.purgeline.standalone.Options.UsageException;
import io.purgeline.standalone.demo.Story;
import io.purgeline.standalone.embedded.FolderInUseException;
import java.io.IOException;
import org.springframework.boot.logging.LoggingSystem;

/** The commands {@code demo} and {@code serve}. */
public final class Standalone {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Standalone() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    LoggingSystem.get(Standalone.class.getClassLoader()).beforeInitialize(); // quiet until Spring
    try {
      System.exit(run(Options.parse(args)));
    } catch (UsageException e) {
      System.err.println("purgeline: " + e.getMessage() + ". Try: ./purgeline --help");
      System.exit(USAGE);
    } catch (FolderInUseException e) {
      System.err.println("purgeline: " + e.getMessage() + ".");
      System.exit(FAILED);
    }
  }

  private static int run(Options options) throws IOException, InterruptedException {
    var interruption = Interruption.watch(); // before anything runs that has to be stopped
    System.out.println("Starting PostgreSQL, the broker, the object store, gateway and worker ...");
    try (var session = Session.open(options, interruption)) {
      interruption.ends(session::close);
      var verified =
          options.command() == Command.SERVE
              || new Story(session.stack(), options.dataset()).tell();
      if (!options.exit() && !interruption.happened()) {
        interruption.isExpected();
        session.stack().printAddresses(System.out);
        Interruption.awaitEnd();
      }
      return interruption.exitCode(verified ? 0 : FAILED);
    } catch (RuntimeException e) {
      if (!interruption.happened()) {
        throw e;
      }
      return interruption.exitCode(FAILED);
    }
  }
}
