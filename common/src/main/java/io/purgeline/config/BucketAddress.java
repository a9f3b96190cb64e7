package io.purgeline.config;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a bucket is, however its endpoint is spelt: case, default ports, a trailing slash or dot
 * and the names of this very machine make no difference. Java knows no host with an underscore: of
 * such a one its authority is compared.
 */
record BucketAddress(String host, int port, String path, String bucket) {

  private static final String LOOPBACK = "localhost";

  static BucketAddress of(URI endpoint, String bucket) {
    return new BucketAddress(host(endpoint), port(endpoint), path(endpoint), bucket);
  }

  private static String host(URI endpoint) {
    var named = Objects.requireNonNullElseGet(endpoint.getHost(), endpoint::getAuthority);
    var host = Objects.requireNonNullElse(named, "").toLowerCase(Locale.ROOT);
    var plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    var isLoopback =
        plain.equals(LOOPBACK) || plain.startsWith("127.") || plain.matches("\\[(0*:)+0*1]");
    return isLoopback ? LOOPBACK : plain;
  }

  private static int port(URI endpoint) {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
  }

  private static String path(URI endpoint) {
    return Objects.requireNonNullElse(endpoint.getPath(), "").replaceFirst("/+$", "");
  }
}
