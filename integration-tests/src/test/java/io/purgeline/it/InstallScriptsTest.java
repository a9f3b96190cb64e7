package io.purgeline.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts do on a machine that has neither Go nor Python, and an empty cache. */
class InstallScriptsTest {

  private static final Path SCRIPTS = Path.of("..", "scripts").toAbsolutePath().normalize();
  private static final List<String> HAS =
      List.of(
          "bash",
          "basename",
          "cat",
          "chmod",
          "curl",
          "cut",
          "dirname",
          "env",
          "grep",
          "mkdir",
          "mktemp",
          "mv",
          "rm",
          "sed",
          "sha256sum",
          "tr",
          "uname",
          "unzip");

  @TempDir Path machine;

  private Path programs;
  private Path cache;

  private record Answer(int exitCode, String output) {}

  @BeforeEach
  void furnish() throws Exception {
    programs = Files.createDirectory(machine.resolve("programs"));
    cache = machine.resolve("cache");
    for (var program : HAS) {
      var there = Path.of("/usr/bin", program);
      var real = Files.exists(there) ? there : Path.of("/bin", program);
      program(programs.resolve(program), "exec " + real + " \"$@\"");
    }
  }

  @Test
  void refusesAGoThatIsNotTheOneItExpects() throws Exception {
    program(
        programs.resolve("curl"),
        """
        while [ "$1" != --output ]; do shift; done
        case $3 in https://proxy.example/golang.org/toolchain/@v/*) ;; *) exit 22 ;; esac
        echo another archive > "$2"\
        """);

    var answer = run("go-toolchain", "off,https://proxy.example/,direct");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.output().lines())
        .singleElement()
        .asString()
        .endsWith("the Go that was fetched is not the one that was expected");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void saysThatThereIsNoGoToFetch() throws Exception {
    var answer = run("go-toolchain", "off");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.output()).contains("GOPROXY (off) has none");
  }

  @Test
  void namesEachToolThatTheBenchmarkGoesWithout() throws Exception {
    program(programs.resolve("mc"), "echo GNU Midnight Commander");

    var answer = run("install-bench-tools", "off");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.output())
        .contains("s5cmd could not be installed", "mc could not be installed");
  }

  @Test
  void installsNothingThatIsThere() throws Exception {
    program(cache.resolve("bin/s5cmd"), "");
    program(programs.resolve("mc"), "echo mc of MinIO");

    var answer = run("install-bench-tools", "off");

    assertThat(answer).isEqualTo(new Answer(0, ""));
  }

  @Test
  void installsPrometheusAndAlertmanagerFromTheirPackages() throws Exception {
    var acts = machine.resolve("acts");
    actingAsRoot(acts);
    program(programs.resolve("apt-get"), "");
    program(programs.resolve("promtool"), "");

    var answer = run("install-test-servers", "off");

    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(acts)
        .content()
        .contains("install -y -qq --no-install-recommends prometheus prometheus-alertmanager");
  }

  @Test
  void installsNoPrometheusWhereThereIsOne() throws Exception {
    var acts = machine.resolve("acts");
    actingAsRoot(acts);
    var there = List.of("prometheus", "promtool", "alertmanager", "amtool", "zsh", "jq");
    for (var program : there) {
      program(programs.resolve(program), "");
    }

    var answer = run("install-test-servers", "off");

    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(Files.exists(acts) ? Files.readString(acts) : "").doesNotContain("prometheus");
  }

  @Test
  void installsWhatFetchesGoWhereNothingDoes() throws Exception {
    var acts = machine.resolve("acts");
    withoutMinioAndWhatFetchesGo(acts);

    var answer = run("install-test-servers", "off");

    assertThat(answer.exitCode()).as("apt only pretends").isEqualTo(1);
    assertThat(acts)
        .content()
        .contains("install -y -qq --no-install-recommends curl ca-certificates")
        .contains("install -y -qq --no-install-recommends unzip");
  }

  @Test
  void installsNothingToFetchAGoThatIsThere() throws Exception {
    var acts = machine.resolve("acts");
    withoutMinioAndWhatFetchesGo(acts);
    program(programs.resolve("go"), "echo go1.26.8");

    var answer = run("install-test-servers", "off");

    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(Files.exists(acts) ? Files.readString(acts) : "").doesNotContain("curl", "unzip");
  }

  private void withoutMinioAndWhatFetchesGo(Path acts) throws Exception {
    actingAsRoot(acts);
    program(programs.resolve("apt-get"), "");
    for (var program : List.of("minio", "curl", "unzip")) {
      Files.delete(programs.resolve(program));
    }
  }

  /** Not root, and a sudo that only writes down what it was asked for. */
  private void actingAsRoot(Path acts) throws Exception {
    program(programs.resolve("id"), "echo 1000");
    program(programs.resolve("sudo"), "echo \"$@\" >> " + acts);
    program(programs.resolve("minio"), "");
  }

  private static void program(Path file, String does) throws Exception {
    Scripts.write(file, "#!/bin/sh\n" + does + "\n");
  }

  private Answer run(String script, String goProxy) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("/bin/bash", SCRIPTS.resolve(script).toString());
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("HOME", machine.toString());
    builder.environment().put("PURGELINE_CACHE", cache.toString());
    builder.environment().put("GOPROXY", goProxy);
    var process = builder.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), output);
  }
}
