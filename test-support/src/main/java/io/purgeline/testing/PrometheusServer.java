package io.purgeline.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Prometheus on a configuration of the caller's, who closes it. */
public final class PrometheusServer implements AutoCloseable {

  private final URI url;
  private final ServerProcess process;

  private PrometheusServer(URI url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /** On a free port. */
  public static PrometheusServer start(Path configuration, Path data) {
    return start(configuration, StablePort.next(), data);
  }

  /**
   * Returns when it answers.
   *
   * @param configuration its {@code prometheus.yml}; relative names in it start at its folder
   * @param data an existing folder, for its series and its log {@code prometheus.log}
   */
  public static PrometheusServer start(Path configuration, int port, Path data) {
    var url = URI.create("http://127.0.0.1:" + port);
    var command =
        List.of(
            PrometheusPrograms.prometheus().toString(),
            "--config.file=" + configuration.toAbsolutePath(),
            "--storage.tsdb.path=" + data.resolve("series").toAbsolutePath(),
            "--web.listen-address=127.0.0.1:" + port,
            // An alert that fires before the Alertmanager was found is told again soon.
            "--rules.alert.resend-delay=5s",
            "--web.enable-lifecycle");
    var log = data.resolve("prometheus.log");
    return new PrometheusServer(
        url, ServerProcess.start(command, Map.of(), log, () -> isReady(url)));
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

  /** Both servers have this page. */
  static boolean isReady(URI url) throws IOException {
    var probe = url.resolve("/-/ready").toURL().openConnection();
    return ((HttpURLConnection) probe).getResponseCode() == HttpURLConnection.HTTP_OK;
  }
}
