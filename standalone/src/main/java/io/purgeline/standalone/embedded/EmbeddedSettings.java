package io.purgeline.standalone.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the embedded servers keep their data and on which ports of the loopback address they
 * listen; 0 takes a free one.
 *
 * @param buckets created when absent
 */
public record EmbeddedSettings(
    Path data, List<String> buckets, int postgresPort, int brokerPort, int objectPort) {

  private static final List<String> DEFAULT_BUCKETS =
      List.of("heimdall-synthetic-iq", "heimdall-audio-chunks", "heimdall-raw-iq");

  public EmbeddedSettings {
    data = data.toAbsolutePath().normalize();
    buckets = List.copyOf(buckets);
    requirePort(postgresPort);
    requirePort(brokerPort);
    requirePort(objectPort);
  }

  /** The buckets of the default configuration, on free ports. */
  public static EmbeddedSettings in(Path data) {
    return new EmbeddedSettings(data, DEFAULT_BUCKETS, 0, 0, 0);
  }

  private static void requirePort(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }
}
