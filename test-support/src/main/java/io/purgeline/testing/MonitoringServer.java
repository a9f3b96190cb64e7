package io.purgeline.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Prometheus or Alertmanager on a configuration of the caller's, who closes it. */
public final class MonitoringServer implements AutoCloseable {

  private final URI url;
  private final ServerProcess process;

  private MonitoringServer(URI url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /** On a free port. */
  public static MonitoringServer prometheus(Path configuration, Path data) {
    return prometheus(configuration, StablePort.next(), data);
  }

  /**
   * Returns when it answers.
   *
   * @param configuration its {@code prometheus.yml}; relative names in it start at its folder
   * @param data an existing folder, for its series and its log {@code prometheus.log}
   */
  public static MonitoringServer prometheus(Path configuration, int port, Path data) {
    var command =
        List.of(
            PrometheusPrograms.prometheus().toString(),
            "--config.file=" + configuration.toAbsolutePath(),
            "--storage.tsdb.path=" + data.resolve("series").toAbsolutePath(),
            "--web.listen-address=127.0.0.1:" + port,
            // An alert that fires before the Alertmanager was found is told again soon.
            "--rules.alert.resend-delay=5s",
            "--web.enable-lifecycle");
    return start(command, port, data.resolve("prometheus.log"));
  }

  /** An Alertmanager, alone, on a free port. */
  public static MonitoringServer alertmanager(Path configuration, Path data) {
    return alertmanager(configuration, StablePort.next(), data);
  }

  /**
   * Returns when it answers.
   *
   * @param configuration its {@code alertmanager.yml}; relative names in it start at its folder
   * @param data an existing folder, for its silences and its log {@code alertmanager.log}
   */
  public static MonitoringServer alertmanager(Path configuration, int port, Path data) {
    var command =
        List.of(
            PrometheusPrograms.alertmanager().toString(),
            "--config.file=" + configuration.toAbsolutePath(),
            "--storage.path=" + data.resolve("alerts").toAbsolutePath(),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=");
    return start(command, port, data.resolve("alertmanager.log"));
  }

  private static MonitoringServer start(List<String> command, int port, Path log) {
    var url = URI.create("http://127.0.0.1:" + port);
    return new MonitoringServer(
        url, ServerProcess.start(command, Map.of(), log, () -> isReady(url)));
  }

  /** Both servers have this page. */
  private static boolean isReady(URI url) throws IOException {
    var probe = url.resolve("/-/ready").toURL().openConnection();
    return ((HttpURLConnection) probe).getResponseCode() == HttpURLConnection.HTTP_OK;
  }

  /** Where its pages and its API are, without a slash at the end. */
  public URI url() {
    return url;
  }

  /** Kills it, and waits until it is gone; its data stays. */
  @Override
  public void close() {
    process.kill();
  }
}
