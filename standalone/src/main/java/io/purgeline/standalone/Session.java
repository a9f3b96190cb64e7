package io.purgeline.standalone;

import io.purgeline.standalone.Options.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A running stack and its folder; a demo that was given no folder leaves nothing behind. */
final class Session implements AutoCloseable {

  private final Path data;
  private final boolean temporary;
  private final Stack stack;
  private boolean closed;

  private Session(Path data, boolean temporary) throws IOException {
    this.data = data;
    this.temporary = temporary;
    this.stack = Stack.start(data);
  }

  static Session open(Options options) throws IOException {
    var given = options.data();
    if (given != null) {
      return new Session(given, false);
    }
    return options.command() == Command.DEMO
        ? new Session(Files.createTempDirectory("purgeline-demo-"), true)
        : new Session(Path.of("data").toAbsolutePath(), false);
  }

  Stack stack() {
    return stack;
  }

  /** Stops everything in order; a second caller waits for the first. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stack.close();
    if (temporary) {
      try {
        FileSystemUtils.deleteRecursively(data);
      } catch (IOException e) {
        throw new UncheckedIOException(data + " could not be removed", e);
      }
    }
  }
}
