package io.purgeline.it.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.InstalledProgram;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real bash and a real zsh offer after they have read the completion script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionCtlTest {

  /** Calls the function that is registered for the command, as bash does after a tab. */
  private static final String TAB =
      """
      source "$0"
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"
      COMP_POINT=${#COMP_LINE}
      registered=$(complete -p "${1##*/}" | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      "$registered" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  /** Types on a terminal of its own, as a person does, and prints what is to be seen there. */
  private static final String TYPED =
      """
      zmodload zsh/zpty
      zpty terminal zsh -f -i
      zpty -w terminal "autoload -U compinit; compinit -u -D; source $1; PS1='PROM''PT'"
      zpty -r terminal screen '*PROMPT'
      zpty -w -n terminal $2$'\\t'
      zpty -r terminal screen "*$3"
      print -r -- $screen
      zpty -d terminal
      """;

  private Path script;

  @BeforeAll
  void generate(@TempDir Path folder) throws Exception {
    var generated = CtlProcess.of("", folder).run("generate-completion").endsWith(0).out();
    script = Files.writeString(folder.resolve("completion"), generated);
  }

  @Test
  void offersCommandsAtEachLevel() throws Exception {
    assertThat(offered("./purgeline", "")).contains("ctl", "demo", "serve");
    assertThat(offered("./purgeline", "ctl", "delet")).containsExactly("delete", "deletions");
    assertThat(offered("purgeline", "ctl", "dead-letters", ""))
        .contains("ls", "groups", "show", "replay", "discard", "restore", "snooze");
    assertThat(offered("purgeline", "ctl", "replays", "a")).containsExactly("abort");
  }

  @Test
  void offersOptionsAndTheirValues() throws Exception {
    assertThat(offered("purgeline", "ctl", "dead-letters", "replay", "--")).contains("--dry-run");
    assertThat(offered("purgeline", "ctl", "deletions", "ls", "--state", "P"))
        .containsExactly("PURGING", "PURGED");
    assertThat(offered("purgeline", "ctl", "status", "--output", "")).contains("table", "json");
    assertThat(offered("purgeline", "ctl", "delete", "")).contains("dataset", "job", "training");
  }

  @Test
  void offersTheSameInZsh() throws Exception {
    assertThat(inZsh("./purgeline ctl dead-letters ", "snooze"))
        .contains("discard", "groups", "replay", "restore", "snooze");
    assertThat(inZsh("purgeline ctl deletions ls --state PURG", "PURGING")).contains("PURGED ");
    assertThat(inZsh("purgeline ctl replays a", "abort")).endsWith("replays abort\n");
  }

  /** All that is on the screen once this is. */
  private String inZsh(String typed, String awaited) throws Exception {
    var zsh = InstalledProgram.find("zsh", "zsh").toString();
    var process =
        new ProcessBuilder(zsh, "-f", "-c", TYPED, "zsh", script.toString(), typed, awaited)
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(typed + " offers " + awaited).isTrue();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private List<String> offered(String... words) throws Exception {
    var command = new ArrayList<>(List.of("bash", "--norc", "-c", TAB));
    command.add(script.toString());
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }
}
