package io.purgeline.cli;

import picocli.CommandLine;

/** {@code ./purgeline ctl}: deletions, dead letters and replays from a terminal. */
@CommandLine.Command(
    name = "ctl",
    description = "Deletes, and looks after what could not be deleted.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a fault of this program",
      "2:the command line, or a value in it, makes no sense",
      "3:partly: something is left, or failed again; somebody should look",
      "4:aborted or refused",
      "5:the server cannot be reached, or what answers is not Purgeline",
      "130:interrupted; what was begun goes on"
    },
    subcommands = {
      StatusCommand.class,
      DeleteCommand.class,
      DeletionsCommand.class,
      DeadLettersCommand.class,
      ReplaysCommand.class,
      AuditCommand.class,
      CompletionCommand.class
    })
final class Ctl extends Helpful {

  /** How people call it. */
  static final String NAME = "./purgeline ctl";

  private static final int WIDTH = 100;

  private Ctl() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().setCommandName(NAME).execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Ctl())
        .setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, command, parsed) -> told(Failures.of(e)));
  }

  private static int told(FailedException failure) {
    System.err.println(Readable.line(String.valueOf(failure.getMessage())));
    return failure.exitCode();
  }
}
