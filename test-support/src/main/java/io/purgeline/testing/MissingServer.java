package io.purgeline.testing;

import org.junit.jupiter.api.Assumptions;

/**
 * What happens to a test whose server is not on this machine: it is skipped by name, or fails in
 * CI.
 */
final class MissingServer {

  private MissingServer() {}

  /** Never returns normally. */
  static void report(String name, String remedy) {
    var message = name + " is missing on this machine: " + remedy;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.abort(message);
  }
}
