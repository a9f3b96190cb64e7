package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java does not send by itself. */
final class Signals {

  private Signals() {}

  /** Sends one, {@code STOP} for example; nothing happens if the process has ended. */
  static void send(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("no signal could be sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
