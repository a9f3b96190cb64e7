package io.purgeline.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code ./purgeline} builds and starts the command line and workers, with a JDK that only
 * tells.
 */
class CtlScriptTest {

  private static final Path SCRIPT = Path.of("..", "purgeline").toAbsolutePath().normalize();

  @TempDir Path tree;

  private record Answer(int exitCode, String out, String err) {}

  @BeforeEach
  void plant() throws Exception {
    program("purgeline", Files.readString(SCRIPT));
    file("pom.xml", "");
    file("cli/pom.xml", "");
    file("cli/src/main/Source.java", "");
    file("jdk/release", "JAVA_VERSION=\"25\"\n");
    program("jdk/bin/javac", "");
    program("jdk/bin/java", "#!/bin/sh\nfor a in \"$@\"; do echo \"<$a>\"; done\nexit 7\n");
    program(
        "mvnw",
        "#!/bin/sh\necho noise of the build\nmkdir -p cli/target cleanup-worker/target\n"
            + "touch cli/target/cli-1-exec.jar cleanup-worker/target/cleanup-worker-1-exec.jar\n");
  }

  @Test
  void buildsWithoutAWordOnStandardOutput() throws Exception {
    var answer = ctl("status");

    assertThat(answer.err()).contains("Building Purgeline");
    assertThat(answer.out()).endsWith("cli-1-exec.jar>\n<status>\n");
    assertThat(answer.out()).doesNotContain("uilding", "noise", "ArchiveClassesAtExit");
  }

  @Test
  void buildsOnceAndPassesArgumentsAndTheExitCodeOn() throws Exception {
    ctl("status");

    var answer = ctl("dead-letters", "replay", "--reason", "two words", "--group", "*");

    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .endsWith("<dead-letters>\n<replay>\n<--reason>\n<two words>\n<--group>\n<*>\n");
    assertThat(answer.exitCode()).isEqualTo(7);
  }

  /** The second would take from under the first what it has just started. */
  @Test
  void unpacksOnceForTwoWorkersStartedAtOnce() throws Exception {
    program(
        "jdk/bin/java",
        "#!/bin/sh\ncase \"$*\" in *' extract '*) echo once >> unpacked; sleep 1 ;; esac\n");

    var workers = List.of(worker(), worker());

    for (var worker : workers) {
      assertThat(worker.waitFor()).isZero();
    }
    assertThat(tree.resolve("unpacked")).hasContent("once");
  }

  private Process worker() throws IOException {
    var builder = new ProcessBuilder(tree.resolve("purgeline").toString(), "worker");
    builder.environment().put("JAVA_HOME", tree.resolve("jdk").toString());
    return builder.directory(tree.toFile()).redirectErrorStream(true).start();
  }

  private Answer ctl(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(tree.resolve("purgeline").toString(), "ctl"));
    command.addAll(List.of(arguments));
    var err = tree.resolve("err");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", tree.resolve("jdk").toString());
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), out, Files.readString(err));
  }

  private void file(String name, String contents) throws IOException {
    var file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, contents);
  }

  private void program(String name, String contents) throws Exception {
    Scripts.write(tree.resolve(name), contents);
  }
}
