package io.purgeline.worker.purge;

/** What this process runs. */
final class Version {

  static final String RUNNING = running();

  private Version() {}

  private static String running() {
    var implementation = Version.class.getPackage().getImplementationVersion();
    return implementation == null ? "development" : implementation;
  }
}
