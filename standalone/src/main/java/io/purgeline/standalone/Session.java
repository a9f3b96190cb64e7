package io.purgeline.standalone;

import io.purgeline.standalone.Options.Command;
import io.purgeline.standalone.embedded.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Path;

/** A running stack that is stopped once; a demo that was given no folder leaves no data behind. */
final class Session implements AutoCloseable {

  private final Stack stack;
  private boolean closed;

  private Session(Stack stack) {
    this.stack = stack;
  }

  /** Starts it; an interruption meanwhile stops again what has started. */
  static Session open(Options options, Interruption interruption) throws IOException {
    return new Session(Stack.start(servers(options), interruption));
  }

  private static EmbeddedServers servers(Options options) {
    var given = options.data();
    if (given != null) {
      return EmbeddedServers.start(given);
    }
    return options.command() == Command.DEMO
        ? EmbeddedServers.startFromScratch()
        : EmbeddedServers.start(Path.of("data"));
  }

  Stack stack() {
    return stack;
  }

  /** Stops everything in order; a second caller waits for the first. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      stack.close();
    }
  }
}
