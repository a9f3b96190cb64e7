package io.purgeline.it.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.it.Immutable;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.testing.Installation;
import io.purgeline.testing.LiveNeighbours;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.PurgelineProcess;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.RestrictedUser;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TestBroker;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The command line against a gateway and a worker, each a process of its own. A purge that fails
 * gives up at once.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("gateway of the command line")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnGateway {

  static final Duration LONG = Duration.ofMinutes(3);

  /** As the documents call them. */
  static final String ADMIN = "admin";

  static final String ADMIN_PASSWORD = "change-me";

  private final RestrictedUser store = new RestrictedUser(MinioServer.shared());
  private Installation installation;
  private Path elsewhere;
  LiveNeighbours neighbours;
  Path folder;
  Path trainings;
  TestBroker broker;
  PurgelineProcess gateway;
  PurgelineProcess worker;
  CtlProcess ctl;
  JdbcClient sql;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException {
    this.folder = folder;
    trainings = Files.createDirectory(folder.resolve("trainings"));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    broker = rabbit().newVirtualHost();
    var database = PostgresServer.shared().newDatabase();
    installation = new Installation(database, broker, store.access(), folder);
    var datasets = Files.createDirectories(folder.resolve("data/datasets"));
    var settings =
        List.of(
            "--purgeline.directory-roots.trainings=" + trainings,
            "--purgeline.directory-roots.datasets=" + datasets,
            "--purgeline.defaults.dataset-locations=s3://main/"
                + installation.bucket()
                + "/synthetic/{id}/",
            "--purgeline.security.users[1].name=" + ADMIN,
            "--purgeline.security.users[1].password={noop}" + ADMIN_PASSWORD,
            "--purgeline.security.users[1].roles=operator",
            "--purgeline.retry.max-attempts=1",
            "--purgeline.worker.probe-interval=500ms",
            "--purgeline.relay.max-pause=2s");
    gateway = installation.startGateway(Installation.SMALL_JVM, settings);
    worker = installation.startWorker(Installation.SMALL_JVM, settings);
    installation.awaitHealthy();
    ctl = CtlProcess.of(gateway.address().toString(), folder);
    sql = JdbcClient.create(inSchema(database));
    neighbours = new LiveNeighbours(s3());
    neighbours.settleBeside(bucket(), "synthetic/");
  }

  /** The broker that the processes get a virtual host of. */
  RabbitServer rabbit() {
    return RabbitServer.shared();
  }

  private static DataSource inSchema(TestDatabase database) {
    var source =
        new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    var properties = new Properties();
    properties.setProperty("currentSchema", "purgeline");
    source.setConnectionProperties(properties);
    return source;
  }

  /** However a test ended, the next one finds everything as the first one did. */
  @AfterEach
  void putRight() throws Exception {
    ctl.endAll();
    store.denyNothing();
    Immutable.end(trainings);
    bringGatewayBack();
    thaw();
    sql.sql("select id from replay where state in ('RUNNING', 'PAUSED')")
        .query(UUID.class)
        .list()
        .forEach(replay -> postQuietly("/replays/" + replay + "/abort", "{}"));
    await().atMost(LONG).until(() -> letters("REPLAYING").isEmpty());
    letters("OPEN")
        .forEach(letter ->
            postQuietly("/dead-letters/" + letter + "/discard", "{\"reason\": \"test\"}"));
    neighbours.assertUntouched();
  }

  private void bringGatewayBack() throws InterruptedException {
    try {
      gateway.status("/health");
    } catch (IOException e) {
      gateway.launch();
      gateway.awaitHealthy();
    }
  }

  private List<UUID> letters(String state) {
    return sql.sql("select id from dead_letter where state = :state")
        .param("state", state)
        .query(UUID.class)
        .list();
  }

  @AfterAll
  void close() {
    installation.close();
  }

  /** The store refuses to delete what lies below the prefix, until the test ends or allows it. */
  void deny(String prefix) {
    store.deny(installation.bucket(), prefix);
  }

  void allow() {
    store.denyNothing();
  }

  S3Fixture s3() {
    return installation.s3();
  }

  String bucket() {
    return installation.bucket();
  }

  TestDatabase database() {
    return installation.database();
  }

  /** A training with one file of 7 bytes. */
  String training() throws Exception {
    var id = registered();
    Files.createDirectory(trainings.resolve(id));
    Files.writeString(trainings.resolve(id).resolve("step-1.pt"), "weights");
    neighbours.settleBeside(directory(id));
    return id;
  }

  /** A training whose directory is a link, which no purge ever follows. */
  String unpurgeableTraining() throws Exception {
    var id = registered();
    Files.createSymbolicLink(trainings.resolve(id), elsewhere);
    neighbours.settleBeside(directory(id));
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

  /**
   * Replays the dead letters of trainings, under a freeze and so slowly that only the first is put
   * back.
   */
  String slowReplay(List<String> trainings) throws Exception {
    var command = new ArrayList<>(List.of("dead-letters", "replay", "--reason", "slowly"));
    for (var training : trainings) {
      command.add(deadLetter(training));
    }
    command.addAll(List.of("--rate", "0.01"));
    freeze();
    var replay = ctl.json(command.toArray(String[]::new));
    assertThat(replay.path("accepted").asInt()).isEqualTo(trainings.size());
    return replay.path("id").asString();
  }

  /** The gateway's own figures come some seconds later than what they count. */
  void awaitStatus(String... parts) {
    await().atMost(LONG).untilAsserted(() -> assertThat(ctl.run("status").out()).contains(parts));
  }

  /** And waits until the worker has noticed: what it took before, it may still work on. */
  void freeze() throws Exception {
    post("/freeze", "{\"reason\": \"to look at it\"}");
    var queues =
        Stream.of(WorkQueue.objects("main"), WorkQueue.directories("trainings"))
            .flatMap(queue -> Stream.of(queue, queue.large()))
            .map(WorkQueue::name)
            .toArray(String[]::new);
    await().atMost(LONG).until(() -> broker.consumers(queues) == 0);
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

  private void postQuietly(String path, String json) {
    try {
      post(path, json);
    } catch (Exception e) {
      throw new IllegalStateException(path, e);
    }
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
