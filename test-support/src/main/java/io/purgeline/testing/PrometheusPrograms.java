package io.purgeline.testing;

import java.nio.file.Path;

/**
 * The programs of Prometheus and Alertmanager. Asking for one that is not on this machine skips the
 * running test, or fails it in CI.
 */
public final class PrometheusPrograms {

  private PrometheusPrograms() {}

  /** Checks and tests rules. */
  public static Path promtool() {
    return InstalledProgram.find("Prometheus", "promtool");
  }

  /** Checks the configuration of an Alertmanager. */
  public static Path amtool() {
    return InstalledProgram.find("Alertmanager", "amtool");
  }

  static Path prometheus() {
    return InstalledProgram.find("Prometheus", "prometheus");
  }

  /** Debian gives it a longer name. */
  static Path alertmanager() {
    return InstalledProgram.find("Alertmanager", "alertmanager", "prometheus-alertmanager");
  }
}
