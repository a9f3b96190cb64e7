package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a RabbitMQ node. Server and port mapper (epmd) live in a process group of their own,
 * which a small shell kills as soon as its standard input ends: when asked, and also when this JVM
 * dies in whatever way.
 */
final class RabbitProcess {

  static final String SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";

  private static final String CONTROL = "/usr/lib/rabbitmq/bin/rabbitmqctl";

  private static final String GROUP =
      """
      epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 &
      ( %s; kill -9 0 ) &
      cat >/dev/null
      kill -9 0
      """
          .formatted(SERVER);

  private static final long PATIENCE_SECONDS = 30;
  private static final int MOST_TRIES = 3;

  private final Process shell;

  private RabbitProcess(Process shell) {
    this.shell = shell;
  }

  static RabbitProcess launch(RabbitHome home) {
    var builder = new ProcessBuilder(List.of("setsid", "sh", "-c", GROUP));
    builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    builder.environment().putAll(home.environment());
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(home.output().toFile()));
    try {
      return new RabbitProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("RabbitMQ could not be launched", e);
    }
  }

  /** Whether the server has ended by itself; the rest of its group ends with it. */
  boolean hasDied() {
    return !shell.isAlive();
  }

  /** Ends the server in its own order, and the group with it; kills it if that takes too long. */
  void stop() {
    var group = shell.descendants().toList();
    group.stream().filter(RabbitProcess::isServer).forEach(ProcessHandle::destroy);
    shell.onExit().completeOnTimeout(shell, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    kill();
    awaitEnd(group);
  }

  /**
   * Kills the group, as a power cut would: what was confirmed is on disk. A quorum queue declared
   * in the last half second may stay unusable for ever, because RabbitMQ 3.10 writes their list
   * only that often.
   */
  void kill() {
    var group = shell.descendants().toList();
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("RabbitMQ could not be told to stop", e);
    }
    shell.onExit().join();
    awaitEnd(group);
  }

  /** Sends a signal to the server itself. */
  void signal(String name) {
    shell
        .descendants()
        .filter(RabbitProcess::isServer)
        .forEach(server -> Signals.send(name, server));
  }

  /**
   * Runs an expression inside the node. Each try starts an Erlang machine, which a busy computer
   * may not do in time; what is run twice must do no harm.
   */
  static void evaluate(RabbitHome home, String erlang) {
    var builder = new ProcessBuilder(CONTROL, "eval", erlang);
    builder.environment().putAll(home.environment());
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(home.output().toFile()));
    try {
      for (int tries = 1; builder.start().waitFor() != 0; tries++) {
        if (tries == MOST_TRIES) {
          throw new IllegalStateException("RabbitMQ refused:\n" + home.lastOutput());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("RabbitMQ could not be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isServer(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("beam.smp")).isPresent();
  }

  private static void awaitEnd(List<ProcessHandle> group) {
    group.forEach(process -> process.onExit().join());
  }
}
