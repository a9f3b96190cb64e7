package io.purgeline.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.purgeline.freeze.FreezeWatch;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.testing.ManyObjects;
import io.purgeline.testing.S3Access;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TestBroker;
import io.purgeline.testing.TestDatabase;
import io.purgeline.worker.WorkerApplication;
import io.purgeline.worker.place.Gates;
import io.purgeline.worker.place.StoreGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * A database, a virtual host, buckets and roots that nobody else uses, and a worker that serves
 * them. The stores are called {@code main} and {@code other}, the roots {@code trainings} and
 * {@code datasets}.
 */
public final class Pipeline implements AutoCloseable {

  /** Keys below such a folder cannot be deleted by the worker. */
  public static final String DENIED = "denied";

  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::*"]},
        {"Effect": "Deny", "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
         "Resource": ["arn:aws:s3:::*/denied/*"]}]}
      """;

  private final Servers servers;
  private final TestDatabase database;
  private final TestBroker broker;
  private final S3Fixture objects;
  private final S3Access workerAccess;
  private final Records records;
  private final Path base;
  private final List<String> buckets = new ArrayList<>();
  private final String otherBucket;
  private @Nullable ConfigurableApplicationContext worker;

  private Pipeline(Servers servers) {
    this.servers = servers;
    this.database = servers.postgres().newMigratedDatabase();
    this.broker = servers.rabbit().newVirtualHost();
    this.objects = new S3Fixture(servers.minio().access());
    this.workerAccess = servers.minio().restrictedAccess(POLICY);
    this.records = new Records(database);
    this.base = newFolder();
    buckets.add(objects.newBucket());
    buckets.add(objects.newVersionedBucket());
    buckets.add(objects.newLockedBucket());
    this.otherBucket = objects.newBucket();
    root("trainings");
    root("datasets");
  }

  /** Everything but the worker. */
  public static Pipeline on(Servers servers) {
    return new Pipeline(servers);
  }

  /**
   * With a worker in this JVM; settings as {@code name=value}, without {@code purgeline.} unless
   * they are Spring's.
   */
  public static Pipeline started(String... settings) {
    return on(Servers.shared()).start(settings);
  }

  public Pipeline start(String... settings) {
    worker = WorkerApplication.start(arguments(settings).toArray(String[]::new));
    return this;
  }

  /** Another worker, in a process of its own. */
  public WorkerProcess launch(String... settings) {
    return WorkerProcess.launch(arguments(settings), base.resolve("worker.log"));
  }

  /** Lets the worker hand back what it works on, and waits until it has. */
  public void stop() {
    var running = worker;
    worker = null;
    if (running != null) {
      running.close();
    }
  }

  /** The same, within the time in which a process must have ended. */
  public void stopInTime() {
    var began = System.nanoTime();
    stop();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
  }

  /** The command line of a worker; times are short, so that tests see what comes after them. */
  public List<String> arguments(String... settings) {
    var all = new WorkerSettings(database, broker, workerAccess).common();
    all.put("purgeline.object-stores.main.buckets", String.join(",", buckets));
    all.put("purgeline.object-stores.other.buckets", otherBucket);
    all.put("purgeline.directory-roots.trainings", root("trainings").toString());
    all.put("purgeline.directory-roots.datasets", root("datasets").toString());
    for (var setting : settings) {
      var parts = setting.split("=", 2);
      all.put(parts[0].startsWith("spring.") ? parts[0] : "purgeline." + parts[0], parts[1]);
    }
    return all.entrySet().stream().map(e -> "--" + e.getKey() + "=" + e.getValue()).toList();
  }

  /** A bean of the worker. */
  public <T> T bean(Class<T> type) {
    return Objects.requireNonNull(worker).getBean(type);
  }

  /** What the worker of this JVM answers to a GET of the path. */
  public int status(String path) throws IOException {
    var port = bean(Environment.class).getRequiredProperty("local.server.port");
    var connection = URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    return ((HttpURLConnection) connection).getResponseCode();
  }

  public Seed dataset() {
    return Seed.dataset(records);
  }

  public Seed training() {
    return Seed.training(records);
  }

  /** Tells every worker to stop purging. */
  public void freeze() {
    records.change("insert into purge_freeze (actor, reason) values ('test', 'test')");
  }

  /**
   * The same, and waits until the worker of this JVM consumes nothing more: a message that it takes
   * as purging is frozen it hands on. Consumers that are about to begin may begin first: nobody
   * could tell when they have stopped.
   */
  public void awaitFrozen() {
    var freeze = bean(FreezeWatch.class);
    if (records.number("select count(*) from purge_freeze") == 0) {
      Waiting.patiently().until(() -> !freeze.isFrozen() && consumed().allMatch(this::isConsumed));
      freeze();
    }
    Waiting.patiently().until(() -> freeze.isFrozen() && consumed().noneMatch(this::isConsumed));
  }

  private boolean isConsumed(String queue) {
    return broker.consumers(queue) > 0;
  }

  /** The queues of stores and roots that are up: no other is. */
  private Stream<String> consumed() {
    var up = bean(Gates.class).all().stream().filter(StoreGate::isUp).map(StoreGate::queue);
    return Stream.concat(up, Stream.of(WorkQueue.RECORDS))
        .flatMap(queue -> Stream.of(queue, queue.large()))
        .map(WorkQueue::name);
  }

  public void thaw() {
    records.change("delete from purge_freeze");
  }

  /** A live record owns this place. */
  public void register(String uri) {
    records.inTransaction(() -> LiveRecord.register(records, uri));
  }

  public Records records() {
    return records;
  }

  /** Many objects at once, in the given bucket. */
  public List<String> fill(String bucket, String prefix, int count, int size) {
    return ManyObjects.put(servers.minio(), bucket, prefix, count, size);
  }

  public S3Fixture objects() {
    return objects;
  }

  /** Puts a message straight into a queue, as somebody might who is not the relay. */
  public void forge(String queue, String body) {
    forge(queue, body, null);
  }

  /** The same, once the queue is there: the broker confirms what it drops for want of one. */
  public void forge(String queue, String body, AMQP.@Nullable BasicProperties properties) {
    Waiting.patiently().until(() -> broker.depth(queue).isPresent());
    try (var connection = broker.connect()) {
      var channel = connection.createChannel();
      channel.confirmSelect();
      channel.basicPublish("", queue, properties, body.getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie(60_000);
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public TestBroker broker() {
    return broker;
  }

  public Servers servers() {
    return servers;
  }

  public String bucket() {
    return buckets.get(0);
  }

  public String versionedBucket() {
    return buckets.get(1);
  }

  public String lockedBucket() {
    return buckets.get(2);
  }

  /** The one bucket of the store {@code other}. */
  public String otherBucket() {
    return otherBucket;
  }

  /** The directory of a root. */
  public Path root(String name) {
    try {
      return Files.createDirectories(base.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("purgeline-pipeline-").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    objects.close();
    Tree.delete(base);
  }
}
