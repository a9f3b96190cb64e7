package io.purgeline.standalone.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;

/**
 * An AMQP 0-9-1 broker in this JVM, for the client that talks to RabbitMQ.
 *
 * <p>Queues and messages live in memory and are gone with it. That delays purges and loses none:
 * the reconciler publishes again what the database holds. Arguments that only RabbitMQ knows
 * (quorum queues, delivery limit, dead-lettering by the broker) are accepted and have no effect; a
 * rejected message is dropped. An unroutable mandatory message is refused (nack) and then returned,
 * where RabbitMQ returns it and then confirms it.
 */
final class EmbeddedBroker implements AutoCloseable {

  private static final String HOST = "default";
  private static final String USER = "purgeline";

  private final SystemLauncher launcher;
  private final BrokerAccess access;

  private EmbeddedBroker(SystemLauncher launcher, BrokerAccess access) {
    this.launcher = launcher;
    this.access = access;
  }

  static EmbeddedBroker start(Path work, int port) {
    var password = Secret.random();
    var started = new Started();
    var launcher = new SystemLauncher(started);
    try {
      launcher.startup(attributes(work, port, password));
      var address = "127.0.0.1:" + started.boundPort();
      return new EmbeddedBroker(launcher, new BrokerAccess(address, HOST, USER, password));
    } catch (Exception e) { // the library declares nothing narrower
      launcher.shutdown();
      throw new IllegalStateException("the AMQP broker did not start", e);
    }
  }

  BrokerAccess access() {
    return access;
  }

  @Override
  public void close() {
    launcher.shutdown();
  }

  private static Map<String, Object> attributes(Path work, int port, String password) {
    var configuration = EmbeddedBroker.class.getResource("broker.json");
    return Map.of(
        SystemConfig.TYPE,
        "Memory",
        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
        Objects.requireNonNull(configuration).toExternalForm(),
        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
        "false",
        SystemConfig.CONTEXT,
        Map.of(
            "qpid.work_dir", work.toString(),
            "purgeline.broker.port", Integer.toString(port),
            "purgeline.broker.password", password));
  }

  /** Keeps what the library shows of itself while it starts. */
  private static final class Started extends DefaultSystemLauncherListener {

    private final AtomicReference<SystemConfig<?>> system = new AtomicReference<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    @Override
    public void onContainerResolve(SystemConfig<?> systemConfig) {
      system.set(systemConfig);
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure.set(e); // the library logs it and returns as if nothing had happened
    }

    int boundPort() {
      if (failure.get() != null) {
        throw failure.get();
      }
      Broker<?> broker = Objects.requireNonNull(system.get()).getContainer(Broker.class);
      Port<?> port = broker.getChildren(Port.class).iterator().next();
      return port.getBoundPort();
    }
  }
}
