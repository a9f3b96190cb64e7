package io.purgeline.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real RabbitMQ of this JVM. Most tests share one and take a virtual host of their own; a test of
 * outages takes its {@linkplain #own() own} server.
 *
 * <p>{@link #shared()} and {@link #own()} are the one place that decides where a RabbitMQ comes
 * from; a container could come from here too.
 */
public final class RabbitServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RabbitHome home;
  private final RabbitManagement management;
  private final List<String> virtualHosts = new ArrayList<>();
  private @Nullable RabbitProcess running;

  private RabbitServer(boolean measured) {
    home = RabbitHome.create(measured);
    management = new RabbitManagement(home.ports().management());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-rabbit"));
    start();
  }

  /** The server that all tests of this JVM share; do not stop it. */
  public static RabbitServer shared() {
    require();
    return Shared.SERVER;
  }

  /** A started server for the caller alone, who closes it. */
  public static RabbitServer own() {
    require();
    return new RabbitServer(false);
  }

  /** One for the caller alone that shows its metrics at {@link #metrics}. */
  public static RabbitServer measured() {
    require();
    return new RabbitServer(true);
  }

  /** Where a {@link #measured} server answers Prometheus. */
  public URI metrics() {
    if (!home.measured()) {
      throw new IllegalStateException("this server shows no metrics");
    }
    return URI.create("http://127.0.0.1:" + home.ports().metrics());
  }

  public int port() {
    return home.ports().amqp();
  }

  /** With these variables {@code rabbitmqctl} speaks to this server and to no other. */
  public Map<String, String> environment() {
    return home.environment();
  }

  /** A fresh virtual host without any queue. */
  public synchronized TestBroker newVirtualHost() {
    var name = "test-" + (virtualHosts.size() + 1);
    management.createVirtualHost(name);
    virtualHosts.add(name);
    return new TestBroker("127.0.0.1", port(), name, RabbitHome.USER, RabbitHome.PASSWORD);
  }

  /** Starts it again on the same data and port, and returns when it answers. */
  public synchronized void start() {
    if (running != null) {
      return;
    }
    var process = RabbitProcess.launch(home);
    running = process;
    Awaitility.await()
        .dontCatchUncaughtExceptions() // of clients that wait for it, too
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(() -> requireAlive(process))
        .until(() -> management.isReady() && accepts(port()));
  }

  /** It listens for clients last of all. */
  private static boolean accepts(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void requireAlive(RabbitProcess process) {
    if (process.hasDied()) {
      throw new IllegalStateException("RabbitMQ died:\n" + home.lastOutput());
    }
  }

  /** Shuts it down in order, cutting every connection; data and port are kept. */
  public synchronized void stop() {
    if (running != null) {
      running.stop();
      running = null;
    }
  }

  /**
   * Kills it as a power cut would; data and port are kept. What was declared since the last {@link
   * #flush} may be gone: RabbitMQ 3.10 forgets a binding then, and never brings back a quorum queue
   * of the last half second.
   */
  public synchronized void kill() {
    if (running != null) {
      running.kill();
      running = null;
    }
  }

  /** Lets it hang: connections stay open and nothing is read or answered. */
  public synchronized void pause() {
    if (running != null) {
      running.signal("STOP");
    }
  }

  /** Lets it go on after a {@link #pause}. */
  public synchronized void resume() {
    if (running != null) {
      running.signal("CONT");
    }
  }

  /** Writes to the disk what was declared so far. */
  public synchronized void flush() {
    RabbitProcess.evaluate(home, "ok = mnesia:sync_log(), [ok = dets:sync(T) || T <- dets:all()].");
  }

  /** Lets one quorum queue hang, as one that lost its majority does; all others go on. */
  public synchronized void suspendQueue(TestBroker broker, String queue) {
    RabbitProcess.evaluate(
        home,
        """
        {ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"%s">>, queue, <<"%s">>)),
        {Name, _} = amqqueue:get_pid(Q),
        sys:suspend(Name).
        """
            .formatted(broker.virtualHost(), queue));
  }

  /** Raises its alarm for memory: it blocks whoever publishes. */
  public synchronized void runShortOfMemory() {
    RabbitProcess.evaluate(home, "rabbit_alarm:set_alarm({{resource_limit, memory, node()}, []}).");
  }

  /** Ends the alarm. */
  public synchronized void haveMemoryAgain() {
    RabbitProcess.evaluate(home, "rabbit_alarm:clear_alarm({resource_limit, memory, node()}).");
  }

  /** Loses everything: it comes back with the same virtual hosts, and no queue in them. */
  public synchronized void wipe() {
    kill();
    Folders.delete(home.data());
    start();
    virtualHosts.forEach(management::createVirtualHost);
  }

  /** Stops it and removes its data. */
  @Override
  public void close() {
    kill();
    Folders.delete(home.folder());
  }

  private static void require() {
    if (!Files.isExecutable(Path.of(RabbitProcess.SERVER))) {
      MissingServer.report("RabbitMQ", "run scripts/install-test-servers");
    }
  }

  private static final class Shared {
    static final RabbitServer SERVER = new RabbitServer(false);
  }
}
