package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of one RabbitMQ node: configuration, cookie, data and log. */
record RabbitHome(Path folder, RabbitPorts ports, boolean measured) {

  static final String USER = "purgeline";
  static final String PASSWORD = "purgeline";

  /** Erlang's schedulers spin before they sleep, at the expense of whatever else is tested. */
  private static final String SLEEP_WHEN_IDLE = "+sbwt none +sbwtdcpu none +sbwtdio none";

  /**
   * A new folder.
   *
   * @param measured whether the node shows its metrics to Prometheus
   */
  static RabbitHome create(boolean measured) {
    var home = new RabbitHome(Folders.create("purgeline-rabbit-"), RabbitPorts.free(), measured);
    home.write("enabled_plugins", List.of(home.plugins()));
    home.write("rabbitmq.conf", home.configuration());
    return home;
  }

  /** What the server's own scripts read to keep this node apart from every other. */
  Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("RABBITMQ_NODENAME", "purgeline-" + ports.amqp() + "@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(ports.amqp())),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports.distribution())),
        Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", SLEEP_WHEN_IDLE),
        Map.entry("ERL_EPMD_PORT", Integer.toString(ports.epmd())),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_MNESIA_BASE", data().toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"));
  }

  Path data() {
    return folder.resolve("data");
  }

  Path output() {
    return folder.resolve("output.log");
  }

  /** The end of what the server printed, for the message of a failed start. */
  String lastOutput() {
    try {
      var lines = Files.readAllLines(output());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }

  private String plugins() {
    return measured ? "[rabbitmq_management,rabbitmq_prometheus]." : "[rabbitmq_management].";
  }

  private List<String> configuration() {
    return Stream.concat(common(), measured ? metrics() : Stream.empty()).toList();
  }

  private Stream<String> metrics() {
    return Stream.of("prometheus.tcp.ip = 127.0.0.1", "prometheus.tcp.port = " + ports.metrics());
  }

  private Stream<String> common() {
    return Stream.of(
        "default_user = " + USER,
        "default_pass = " + PASSWORD,
        "default_user_tags.administrator = true",
        "management.tcp.ip = 127.0.0.1",
        "management.tcp.port = " + ports.management(),
        // Only virtual hosts are managed here: collecting statistics would cost CPU for nothing.
        "management_agent.disable_metrics_collector = true",
        "disk_free_limit.absolute = 50MB");
  }

  private void write(String name, List<String> lines) {
    try {
      Files.write(folder.resolve(name), lines);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + name, e);
    }
  }
}
