package io.purgeline.it.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.purgeline.it.Documents;
import io.purgeline.it.Documents.Block;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.Scripts;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Whatever an operator copies out of the documents does what it is for: a real shell runs every
 * block as it is written, against real processes. Words in capitals and addresses are filled in.
 */
class DocumentedCommandsTest extends OnGateway {

  /**
   * What starts or installs servers, on ports and in folders that belong to the machine, or runs
   * until somebody ends it. A block with one of these is only read by the shell.
   */
  private static final List<String> NOT_RUN =
      List.of(
          "apt-get install",
          "pg_ctl",
          "rabbitmq-server",
          "minio server",
          "./purgeline demo",
          "./purgeline serve",
          "./purgeline gateway",
          "./purgeline test");

  /** Notes each command that fails; what goes on in a pipe is part of it. */
  private static final String NOTING_FAILURES =
      """
      cd "$FOLDER"
      set -o pipefail
      trap 'echo "$? $BASH_COMMAND" >> "$FOLDER/failures"' ERR
      """;

  /** It tells that somebody should look, and somebody does. */
  private static final String THERE_IS_SOMETHING_TO_SEE = "3 ./purgeline ctl status";

  private static final Pattern SCRIPT_COMMAND = Pattern.compile("(?m)^\\./purgeline (\\S+)");

  private RabbitServer rabbit;
  private CtlProcess shell;
  private FilledIn filledIn;
  private String help;

  @Override
  RabbitServer rabbit() {
    rabbit = RabbitServer.measured();
    return rabbit;
  }

  @BeforeAll
  void furnish() throws Exception {
    filledIn = new FilledIn(this, rabbit.metrics());
    var usage = new ProcessBuilder("../purgeline", "--help").start();
    help = new String(usage.getInputStream().readAllBytes(), UTF_8);
    Files.writeString(folder.resolve("data/login"), ADMIN_PASSWORD);
    program("purgeline", "shift\nexec " + CtlProcess.shellCommand() + " \"$@\"");
    program("bin/curl", "exec /usr/bin/curl --fail-with-body \"$@\"");
    program(
        "bin/rabbitmqctl",
        "exec env %s /usr/lib/rabbitmq/bin/rabbitmqctl \"$@\""
            .formatted(String.join(" ", variables(rabbit.environment()))));
    shell =
        ctl.with(
            Map.of(
                "FOLDER",
                folder.toString(),
                "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH"),
                "LOGIN",
                ADMIN + ":" + ADMIN_PASSWORD,
                "API",
                gateway.address() + "/api/v1",
                "PGPORT",
                Integer.toString(PostgresServer.shared().port())));
    ctl.run("delete", "training", training(), "--watch")
        .endsWith(0); // the root is known from now on
  }

  private static List<String> variables(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(one -> "'" + one.getKey() + "=" + one.getValue() + "'")
        .toList();
  }

  private void program(String name, String text) throws Exception {
    Scripts.write(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
  }

  @AfterAll
  void stopRabbit() {
    rabbit.close();
  }

  static Stream<Block> blocks() {
    return Documents.blocks();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void doesWhatItIsFor(Block block) throws Exception {
    switch (block.language()) {
      case "bash" -> bash(block);
      case "sql" -> sql(block);
      case "toml" -> settings(block);
      case "yaml" -> assertThat((Object) new Yaml().load(block.text())).isInstanceOf(Map.class);
      case "promql" -> {} // MonitoredMetricsTest asks a real Prometheus
      case "" -> {} // what a command prints, or a drawing
      default -> fail("nobody knows how to run " + block);
    }
  }

  @Test
  void knowsWhatItDoesNotRun() {
    assertThat(NOT_RUN)
        .allSatisfy(command ->
            assertThat(Documents.blocks("bash")).anyMatch(block -> block.text().contains(command)));
  }

  private void bash(Block block) throws Exception {
    if (NOT_RUN.stream().anyMatch(block.text()::contains)) {
      isReadable(block);
      return;
    }
    var script = folder.resolve("block.sh");
    var failures = folder.resolve("failures");
    Files.deleteIfExists(failures);
    Files.writeString(script, NOTING_FAILURES + filledIn.in(block.text()));

    var answer = shell.shellOnTerminal("y\n", "bash --norc " + script);

    assertThat(Files.exists(failures) ? Files.readAllLines(failures) : List.<String>of())
        .as(answer.out())
        .isSubsetOf(THERE_IS_SOMETHING_TO_SEE);
    assertThat(answer.out()).doesNotContain("syntax error", "unexpected EOF");
  }

  private void isReadable(Block block) throws Exception {
    var script = Files.writeString(folder.resolve("unread.sh"), block.text());
    var bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(bash.waitFor()).isZero();
    SCRIPT_COMMAND
        .matcher(block.text())
        .results()
        .forEach(found -> assertThat(help).contains("\n  " + found.group(1) + " "));
  }

  /** What it changes is rolled back; roles belong to the whole server. */
  private void sql(Block block) throws Exception {
    var isFirst = block.text().contains("create schema");
    var database = isFirst ? PostgresServer.shared().newDatabase() : database();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (block.text().contains("grant ")) {
        statement.execute("create role purgeline_app");
      }
      statement.execute(filledIn.in(block.text()));
      connection.rollback();
    }
  }

  /** The command line finds the server and its login in nothing but this file. */
  private void settings(Block block) throws Exception {
    var file = folder.resolve(".config/purgeline/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, filledIn.in(block.text()));
    var without = Map.of("PURGELINE_URL", "", "PURGELINE_USER", "", "PURGELINE_PASSWORD", "");

    assertThat(ctl.with(without).json("status").path("server").asString())
        .isEqualTo(gateway.address().toString());
    Files.delete(file);
  }
}
