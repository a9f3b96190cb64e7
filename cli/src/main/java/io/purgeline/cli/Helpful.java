package io.purgeline.cli;

import picocli.CommandLine.Option;

/** Whatever can be asked for help. */
abstract class Helpful {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This text.")
  private boolean help;
}
