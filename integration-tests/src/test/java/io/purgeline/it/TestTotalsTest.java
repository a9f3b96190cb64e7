package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./purgeline test} counts, around a build that only writes the reports it is given. */
class TestTotalsTest {

  private static final String PASSED =
      """
      <testsuite xmlns:xsi="x" name="A" time="1.0" tests="5" errors="0" skipped="0" failures="0">
      </testsuite>\
      """;
  private static final String FAILED =
      """
      <testsuite xmlns:xsi="x" name="B" time="1.0" tests="4" errors="1" skipped="0" failures="2">
      </testsuite>\
      """;
  private static final String TOLD =
      """
      <testsuite xmlns:xsi="x" name="D" time="1.0" tests="2" errors="0" skipped="0" failures="1">
        <testcase name="holds" classname="it.D"/>
        <testcase name="breaks" classname="it.D" time="0.1">
          <failure message="expected: &lt;1&gt;" type="java.lang.AssertionError"><![CDATA[java.lang.AssertionError: expected: <1>
      but was: <2>
      	at it.D.breaks(D.java:7)
      ]]></failure>
          <system-out><![CDATA[much that was logged]]></system-out>
        </testcase>
      </testsuite>\
      """;
  private static final String SKIPPED =
      """
      <testsuite xmlns:xsi="x" name="C" time="1.0" tests="2" errors="0" skipped="1" failures="0">
        <testcase name="runs" classname="it.C"/>
        <testcase name="waits" classname="it.C">
          <skipped message="no RabbitMQ"/>
        </testcase>
      </testsuite>\
      """;

  @TempDir Path folder;
  private Path root;

  private record Answer(int exitCode, List<String> lines) {}

  @BeforeEach
  void copyTheScript() throws Exception {
    root = Files.createDirectories(folder.resolve("with some space"));
    Files.copy(Path.of("..", "purgeline"), root.resolve("purgeline"));
    executable("scripts/install-test-servers", "exit 0");
  }

  @Test
  void addsUpAllModules() throws Exception {
    report("common", "A", PASSED);
    report("api-gateway", "A", PASSED);
    assertThat(test(0, "false"))
        .isEqualTo(new Answer(0, List.of("10 passed, 0 failed, 0 skipped")));
  }

  @Test
  void countsErrorsAsFailures() throws Exception {
    report("common", "A", PASSED);
    report("common", "B", FAILED);
    assertThat(test(1, "false")).isEqualTo(new Answer(1, List.of("6 passed, 3 failed, 0 skipped")));
  }

  /** What a build prints of a failure is far above its end, where nobody finds it. */
  @Test
  void tellsWhatFailedAndWhereItBegan() throws Exception {
    report("common", "D", TOLD);
    assertThat(test(1, "false").lines())
        .containsExactly(
            "failed: it.D.breaks",
            "  java.lang.AssertionError: expected: <1>",
            "  but was: <2>",
            "  \tat it.D.breaks(D.java:7)",
            "1 passed, 1 failed, 0 skipped");
  }

  @Test
  void namesWhatWasSkippedAndAllowsItOutsideCi() throws Exception {
    report("common", "C", SKIPPED);
    assertThat(test(0, "false"))
        .isEqualTo(new Answer(0, List.of("skipped: it.C.waits", "1 passed, 0 failed, 1 skipped")));
  }

  @Test
  void failsInCiWhenSomethingWasSkipped() throws Exception {
    report("common", "C", SKIPPED);
    var answer = test(0, "true");
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.lines())
        .contains("skipped: it.C.waits")
        .endsWith("1 passed, 0 failed, 1 skipped");
  }

  @Test
  void failsWhenNoTestRan() throws Exception {
    assertThat(test(0, "true"))
        .isEqualTo(new Answer(1, List.of("no test ran", "0 passed, 0 failed, 0 skipped")));
  }

  @Test
  void failsWithTheBuildEvenIfEveryTestPassed() throws Exception {
    report("common", "A", PASSED);
    assertThat(test(1, "false")).isEqualTo(new Answer(1, List.of("5 passed, 0 failed, 0 skipped")));
  }

  @Test
  void forgetsTheReportsOfAnEarlierRun() throws Exception {
    var reports = Files.createDirectories(root.resolve("common/target/surefire-reports"));
    Files.writeString(reports.resolve("TEST-Old.xml"), FAILED);
    report("common", "A", PASSED);
    assertThat(test(0, "false")).isEqualTo(new Answer(0, List.of("5 passed, 0 failed, 0 skipped")));
  }

  /** What the build will leave behind. */
  private void report(String module, String name, String content) throws IOException {
    var reports = Files.createDirectories(root.resolve("made").resolve(module));
    Files.writeString(reports.resolve("TEST-" + name + ".xml"), content);
  }

  private Answer test(int buildExitCode, String ci) throws IOException, InterruptedException {
    executable(
        "mvnw",
        """
        for module in made/*/; do
          [ -d "$module" ] || continue
          mkdir -p "$(basename "$module")/target/surefire-reports"
          cp "$module"* "$(basename "$module")/target/surefire-reports/"
        done
        exit %d\
        """
            .formatted(buildExitCode));
    var builder = new ProcessBuilder("/bin/bash", root.resolve("purgeline").toString(), "test");
    builder.environment().put("CI", ci);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output.lines().toList());
  }

  private void executable(String name, String body) throws IOException, InterruptedException {
    Scripts.write(root.resolve(name), "#!/usr/bin/env bash\n" + body + "\n");
  }
}
