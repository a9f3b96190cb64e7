package io.purgeline.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Alertmanager, alone, on a configuration of the caller's, who closes it. */
public final class AlertmanagerServer implements AutoCloseable {

  private final URI url;
  private final ServerProcess process;

  private AlertmanagerServer(URI url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /** On a free port. */
  public static AlertmanagerServer start(Path configuration, Path data) {
    return start(configuration, StablePort.next(), data);
  }

  /**
   * Returns when it answers.
   *
   * @param configuration its {@code alertmanager.yml}; relative names in it start at its folder
   * @param data an existing folder, for its silences and its log {@code alertmanager.log}
   */
  public static AlertmanagerServer start(Path configuration, int port, Path data) {
    var url = URI.create("http://127.0.0.1:" + port);
    var command =
        List.of(
            PrometheusPrograms.alertmanager().toString(),
            "--config.file=" + configuration.toAbsolutePath(),
            "--storage.path=" + data.resolve("alerts").toAbsolutePath(),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=");
    var log = data.resolve("alertmanager.log");
    return new AlertmanagerServer(
        url, ServerProcess.start(command, Map.of(), log, () -> PrometheusServer.isReady(url)));
  }

  /** Where its pages and its API are, without a slash at the end. */
  public URI url() {
    return url;
  }

  /** Kills it, and waits until it is gone. */
  @Override
  public void close() {
    process.kill();
  }
}
