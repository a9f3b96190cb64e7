package io.purgeline.standalone;

import io.purgeline.gateway.GatewayApplication;
import io.purgeline.standalone.embedded.EmbeddedServers;
import io.purgeline.standalone.embedded.ObjectStoreAccess;
import io.purgeline.worker.WorkerApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** The embedded servers, a gateway and a worker, on one data folder. */
public final class Stack implements AutoCloseable {

  private static final int GATEWAY_PORT = 8080;
  private static final int WORKER_PORT = 8081;

  private final EmbeddedServers servers;
  private final Login login;
  private final ConfigurableApplicationContext gateway;
  private final ConfigurableApplicationContext worker;

  private Stack(EmbeddedServers servers, Login login, Interruption interruption) {
    this.servers = servers;
    this.login = login;
    interruption.requireNone();
    this.gateway = GatewayApplication.start(arguments(Ports.preferred(GATEWAY_PORT)));
    this.worker = startWorker(interruption);
  }

  /**
   * What the gateway's libraries would configure in a worker that shares the class path is left
   * out.
   */
  private ConfigurableApplicationContext startWorker(Interruption interruption) {
    var arguments = new ArrayList<>(List.of(arguments(Ports.preferred(WORKER_PORT))));
    arguments.add("--springdoc.api-docs.enabled=false");
    arguments.add("--springdoc.swagger-ui.enabled=false");
    try {
      interruption.requireNone();
      return WorkerApplication.start(arguments.toArray(String[]::new));
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /**
   * Starts a gateway and a worker on these servers, and stops them all if that fails. What was
   * deleted before and is not purged yet is taken up again.
   */
  static Stack start(EmbeddedServers servers, Interruption interruption) throws IOException {
    try {
      return new Stack(servers, Login.in(servers.data()), interruption);
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** A file beside the person who types the command may be one for production: none is read. */
  private String[] arguments(int port) {
    var database = servers.database();
    var broker = servers.broker();
    var objects = servers.objectStore();
    var arguments =
        new ArrayList<>(
            List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.rabbitmq.addresses=" + broker.addresses(),
                "--spring.rabbitmq.virtual-host=" + broker.virtualHost(),
                "--spring.rabbitmq.username=" + broker.username(),
                "--spring.rabbitmq.password=" + broker.password(),
                "--purgeline.object-stores.main.endpoint=" + objects.endpoint(),
                "--purgeline.object-stores.main.access-key=" + objects.accessKey(),
                "--purgeline.object-stores.main.secret-key=" + objects.secretKey(),
                "--purgeline.object-stores.main.buckets="
                    + "heimdall-synthetic-iq,heimdall-audio-chunks,heimdall-raw-iq",
                "--purgeline.directory-roots.trainings=" + root("trainings"),
                "--purgeline.directory-roots.datasets=" + root("datasets"),
                "--purgeline.security.users[0].name=" + login.name(),
                "--purgeline.security.users[0].password={noop}" + login.password(),
                "--purgeline.security.users[0].roles=operator"));
    arguments.add("--spring.config.location=classpath:/");
    arguments.add("--spring.config.import=classpath:standalone.yaml");
    return arguments.toArray(String[]::new);
  }

  /** A directory root of this stack, made if absent. */
  public Path root(String name) {
    try {
      return Files.createDirectories(servers.data().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ObjectStoreAccess objectStore() {
    return servers.objectStore();
  }

  public Login login() {
    return login;
  }

  /** Where the API answers. */
  public String api() {
    return "http://127.0.0.1:" + port(gateway) + "/api/v1";
  }

  void printAddresses(PrintStream out) {
    var base = "http://127.0.0.1:" + port(gateway);
    out.println();
    out.println("  API page   " + base + "/docs");
    out.println("  API        " + api());
    out.println(
        "  Metrics    " + base + "/metrics and http://127.0.0.1:" + port(worker) + "/metrics");
    out.println("  Login      " + login.name() + " / " + login.password());
    out.println("  S3         " + objectStore().endpoint());
    out.println("  Data       " + servers.data());
    out.println();
    out.println("Ctrl-C stops everything.");
  }

  private static String port(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port");
  }

  @Override
  public void close() {
    worker.close();
    gateway.close();
    servers.close();
  }
}
