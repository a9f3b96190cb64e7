package io.purgeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code generate-completion}: for {@code purgeline}, and behind {@code ctl} for all of it. */
@Command(
    name = "generate-completion",
    description = {
      "Prints a completion script for bash and zsh:",
      "source <(./purgeline ctl generate-completion)"
    })
final class CompletionCommand extends Helpful implements Callable<Integer> {

  private static final String SCRIPT = "purgeline";

  /** What the script does by itself. */
  static final List<String> OTHERS =
      List.of("demo", "serve", "gateway", "worker", "build", "test", "bench", "up", "down");

  @Override
  public Integer call() {
    var whole = new CommandLine(CommandSpec.create().name(SCRIPT));
    OTHERS.forEach(name -> whole.addSubcommand(CommandSpec.create().name(name)));
    whole.addSubcommand("ctl", Ctl.commandLine());
    System.out.println(AutoComplete.bash(SCRIPT, whole));
    return ExitCode.DONE;
  }
}
