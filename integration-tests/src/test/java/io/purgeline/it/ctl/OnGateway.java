package io.purgeline.it.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.Installation;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The command line against a gateway and a worker, each a process of its own. A purge that fails
 * gives up at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnGateway {

  static final Duration LONG = Duration.ofMinutes(1);

  private Installation installation;
  private Path trainings;
  private Path elsewhere;
  PurgelineProcess gateway;
  CtlProcess ctl;
  JdbcClient sql;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException {
    trainings = Files.createDirectory(folder.resolve("trainings"));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    installation =
        new Installation(
            PostgresServer.shared(), RabbitServer.shared(), MinioServer.shared().access(), folder);
    var settings =
        List.of(
            "--purgeline.directory-roots.trainings=" + trainings,
            "--purgeline.defaults.dataset-locations=s3://main/"
                + installation.bucket()
                + "/synthetic/{id}/",
            "--purgeline.retry.max-attempts=1",
            "--purgeline.relay.max-pause=2s");
    gateway = installation.startGateway(Installation.SMALL_JVM, settings);
    installation.startWorker(Installation.SMALL_JVM, settings);
    installation.awaitHealthy();
    ctl = CtlProcess.of(gateway.address().toString(), folder);
    sql = JdbcClient.create(inSchema(installation.database()));
  }

  private static DataSource inSchema(TestDatabase database) {
    var source =
        new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    var properties = new Properties();
    properties.setProperty("currentSchema", "purgeline");
    source.setConnectionProperties(properties);
    return source;
  }

  @AfterAll
  void close() {
    installation.close();
  }

  /** A training with one file of 7 bytes. */
  String training() throws Exception {
    var id = registered();
    Files.createDirectory(trainings.resolve(id));
    Files.writeString(trainings.resolve(id).resolve("step-1.pt"), "weights");
    return id;
  }

  /** A training whose directory is a link, which no purge ever follows. */
  String unpurgeableTraining() throws Exception {
    var id = registered();
    Files.createSymbolicLink(trainings.resolve(id), elsewhere);
    return id;
  }

  private String registered() throws Exception {
    var id = "train_" + UUID.randomUUID().toString().substring(0, 8);
    post(
        "/trainings",
        "{\"id\": \"%s\", \"name\": \"%s\", \"status\": \"completed\"}".formatted(id, id));
    return id;
  }

  /** Puts a real directory where the link was. */
  void repair(String training) throws IOException {
    Files.delete(trainings.resolve(training));
    Files.createDirectory(trainings.resolve(training));
    Files.writeString(trainings.resolve(training).resolve("step-1.pt"), "weights");
  }

  Path directory(String training) {
    return trainings.resolve(training);
  }

  /** Deletes a training that cannot be purged; answers its dead letter. */
  String deadLetter(String training) throws Exception {
    var deletion = ctl.json("delete", "training", training, "--watch");
    assertThat(deletion.path("state").asString()).isEqualTo("DEAD");
    var id = deletion.path("id").asString();
    return ctl.json("dead-letters", "ls", "--deletion", id)
        .path("items")
        .path(0)
        .path("id")
        .asString();
  }

  void freeze() throws Exception {
    post("/freeze", "{\"reason\": \"to look at it\"}");
  }

  void thaw() throws Exception {
    send(request("/freeze").DELETE());
  }

  void post(String path, String json) throws Exception {
    send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    var login = Installation.USER + ":" + Installation.PASSWORD;
    return HttpRequest.newBuilder(URI.create(gateway.address() + "/api/v1" + path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes()));
  }

  private static void send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
  }
}
