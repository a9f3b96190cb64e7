package io.purgeline.it.messaging;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Delivery;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.Topology;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Purgeline relies on in a broker. A broker that cannot do one of these overrides the test by
 * its name, says why, and proves what it does instead.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("installation of one class")
abstract class BrokerContract {

  private final String store = "s" + UUID.randomUUID();
  private final TestDatabase database = PostgresServer.shared().newMigratedDatabase();
  final WorkQueue queue = WorkQueue.objects(store);
  Relaying relaying;

  abstract BrokerUnderTest broker();

  @BeforeEach
  void start() {
    relaying = newProcess();
  }

  @AfterEach
  void stop() {
    relaying.close();
  }

  /** Another one, on the same database. */
  final Relaying newProcess() {
    return new Relaying(database, broker().access(), store);
  }

  final Consumer consumer() throws Exception {
    return new Consumer(broker().access(), queue.name());
  }

  final long depth(String name) {
    return broker().access().depth(name).orElse(-1);
  }

  /** What is in the queue of this store, read to the end and acknowledged. */
  final List<UUID> received(int count) throws Exception {
    try (var consumer = consumer()) {
      var tasks = new ArrayList<UUID>();
      for (int i = 0; i < count; i++) {
        var delivery = consumer.next();
        tasks.add(task(delivery));
        consumer.acknowledge(delivery);
      }
      assertThat(consumer.getsNothingMore()).as("nothing more").isTrue();
      return tasks;
    }
  }

  static UUID task(Delivery delivery) throws UnreadableMessageException {
    return PurgeRequest.parse(delivery.getBody()).taskId();
  }

  static List<UUID> tasks(List<PurgeRequest> requests) {
    return requests.stream().map(PurgeRequest::taskId).toList();
  }

  @Test
  void acceptsTheSameTopologyAgain() throws Exception {
    var sent = relaying.request(queue, 1);
    relaying.awaitEmpty();

    relaying.declare();
    try (var other = newProcess()) {
      assertThat(relaying.admin().getLastDeclarationExceptionEvent()).isNull();
      assertThat(other.admin().getLastDeclarationExceptionEvent()).isNull();
    }

    assertThat(
            Stream.of(queue.large(), WorkQueue.RECORDS, WorkQueue.RECORDS.large())
                .map(each -> depth(each.name())))
        .containsOnly(0L);
    assertThat(depth(Topology.DEAD_LETTERS)).isZero();
    assertThat(received(1)).isEqualTo(tasks(sent));
  }

  @Test
  void deliversAMessageAsItWasWritten() throws Exception {
    var sent = relaying.request(queue, 1).getFirst();
    relaying.awaitEmpty();

    try (var consumer = consumer()) {
      var delivery = consumer.next();

      var event = JsonMapper.shared().readTree(delivery.getBody());
      var properties = delivery.getProperties();
      assertThat(PurgeRequest.parse(delivery.getBody())).isEqualTo(sent);
      assertThat(properties.getMessageId()).isEqualTo(event.path("id").stringValue());
      assertThat(properties.getCorrelationId()).isEqualTo(sent.deletionId().toString());
      assertThat(properties.getType()).isEqualTo("DatasetDeleted");
      assertThat(properties.getContentType()).isEqualTo("application/cloudevents+json");
      assertThat(properties.getDeliveryMode()).as("persistent").isEqualTo(2);
      assertThat(properties.getHeaders().get("traceparent")).hasToString(Relaying.TRACEPARENT);
      assertThat(delivery.getEnvelope().getExchange()).isEqualTo(Topology.WORK);
      assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo(queue.name());
      assertThat(delivery.getEnvelope().isRedeliver()).isFalse();
    }
  }

  @Test
  void doesNotTakeAMessageThatNoQueueIsBoundFor() throws Exception {
    var nobody = WorkQueue.objects("nobody-" + store);
    relaying.request(nobody, 1);

    await().atMost(1, MINUTES).until(() -> !relaying.errors().isEmpty());
    assertThat(relaying.rows()).isOne();

    try (var connection = broker().access().connect()) {
      var channel = connection.createChannel();
      channel.queueDeclare(nobody.name(), true, false, false, null);
      channel.queueBind(nobody.name(), Topology.WORK, nobody.name());
    }
    relaying.awaitEmpty();
    assertThat(depth(nobody.name())).isOne();
  }

  @Test
  void tellsThatNoQueueIsBound() {
    var nobody = WorkQueue.objects("nobody-" + store);
    relaying.request(nobody, 1);

    await()
        .atMost(1, MINUTES)
        .untilAsserted(() ->
            assertThat(relaying.errors())
                .containsExactly("no queue is bound for " + nobody.name()));
  }

  @Test
  void takesAFactThatNobodyListensTo() {
    relaying.fact();

    relaying.awaitEmpty();
  }

  @Test
  void deliversAgainWhatALostConsumerHeld() throws Exception {
    var sent = relaying.request(queue, 1).getFirst();
    try (var lost = consumer()) {
      assertThat(task(lost.next())).isEqualTo(sent.taskId());
    }

    try (var next = consumer()) {
      var again = next.next();
      assertThat(task(again)).isEqualTo(sent.taskId());
      assertThat(again.getEnvelope().isRedeliver()).isTrue();
      next.acknowledge(again);
    }
    assertThat(received(0)).isEmpty();
  }

  @Test
  void sharesAQueueAmongConsumersWithoutDuplicates() throws Exception {
    var taken = new ConcurrentLinkedQueue<UUID>();
    try (var first = consumer();
        var second = consumer()) {
      var sent = relaying.request(queue, 40);
      // Each holds one before either goes on, so both have a share.
      var firsts = List.of(first.next(), second.next());
      var rest =
          Stream.of(first, second)
              .map(consumer ->
                  CompletableFuture.runAsync(
                      () -> drain(consumer, taken, sent.size()), Thread::startVirtualThread))
              .toList();
      for (var delivery : firsts) {
        taken.add(task(delivery));
      }
      first.acknowledge(firsts.getFirst());
      second.acknowledge(firsts.getLast());
      rest.forEach(CompletableFuture::join);

      assertThat(taken).containsExactlyInAnyOrderElementsOf(tasks(sent));
    }
    assertThat(received(0)).isEmpty();
  }

  /** Takes its share until all of them have been taken by one or the other. */
  private static void drain(Consumer consumer, ConcurrentLinkedQueue<UUID> taken, int all) {
    await()
        .atMost(1, MINUTES)
        .until(() -> {
          for (var next = consumer.poll(); next.isPresent(); next = consumer.poll()) {
            taken.add(task(next.get()));
            consumer.acknowledge(next.get());
          }
          return taken.size() >= all;
        });
  }

  @Test
  void keepsConfirmedMessagesOverARestart() throws Exception {
    var sent = relaying.request(queue, 20);
    relaying.awaitEmpty();

    broker().restart();

    await()
        .atMost(3, MINUTES)
        .ignoreExceptions() // until the queue is led again
        .until(() -> depth(queue.name()) == 20);
    assertThat(received(20)).containsExactlyInAnyOrderElementsOf(tasks(sent));
  }

  @Test
  void leadsARejectedMessageToTheDeadLetters() throws Exception {
    var sent = relaying.request(queue, 1).getFirst();
    try (var consumer = consumer();
        var deadLetters = new Consumer(broker().access(), Topology.DEAD_LETTERS)) {
      consumer.reject(consumer.next());

      var dead = deadLetters.next();
      assertThat(task(dead)).isEqualTo(sent.taskId());
      deadLetters.acknowledge(dead);
      assertThat(consumer.getsNothingMore()).isTrue();
    }
  }

  @Test
  void leadsAMessageBeyondTheDeliveryLimitToTheDeadLetters() throws Exception {
    var sent = relaying.request(queue, 1).getFirst();
    try (var consumer = consumer();
        var deadLetters = new Consumer(broker().access(), Topology.DEAD_LETTERS)) {
      for (int delivery = 0; delivery <= Topology.DELIVERY_LIMIT; delivery++) {
        consumer.handBack(consumer.next());
      }

      var dead = deadLetters.next();
      assertThat(task(dead)).isEqualTo(sent.taskId());
      deadLetters.acknowledge(dead);
      assertThat(consumer.getsNothingMore()).isTrue();
    }
  }
}
