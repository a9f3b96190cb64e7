package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.testing.LogLines;
import io.purgeline.testing.RabbitServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.KeyValuePair;
import org.springframework.amqp.AmqpException;

/** Rows become messages on a real broker; a row goes only when the broker took its message. */
class OutboxRelayTest {

  private static final Duration SHORT = Duration.ofSeconds(3);

  /** Of a row that failed once: a second, less a quarter of it. */
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(750);

  @RegisterExtension private final LogLines lines = new LogLines(OutboxRelay.class.getName());
  private RelayFixture fixture;

  @BeforeEach
  void start() {
    fixture = new RelayFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void publishesWhatIsDueAndDeletesIt() {
    var sent = fixture.insert(RelayFixture.QUEUE, 5);
    fixture.insertLater(RelayFixture.QUEUE);

    var report = fixture.relay().runOnce();

    assertThat(report).isEqualTo(new RelayReport(5, 0, 0, 0));
    assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(fixture.rows()).isOne();
  }

  @Test
  void sendsWhatTheMessageNeeds() {
    var id = fixture.insert(RelayFixture.QUEUE, 1).getFirst();
    fixture.relay().runOnce();

    var message = fixture.receive();

    assertThat(message.getProps().getMessageId()).isEqualTo(id.toString());
    assertThat(message.getProps().getType()).isEqualTo("DatasetDeleted");
    assertThat(message.getProps().getContentType()).isEqualTo("application/cloudevents+json");
    assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
    assertThat(message.getProps().getHeaders().get("traceparent")).hasToString("00-1-2-01");
    assertThat(new String(message.getBody())).isEqualTo("payload " + id);
  }

  @Test
  void keepsAMessageThatNoQueueTakesAndReportsIt() {
    var id = fixture.insert("nobody.listens", 1).getFirst();
    var metrics = new SimpleMeterRegistry();
    var before = fixture.time("clock_timestamp()");

    var report = fixture.relay().runOnce();
    new RelayMetrics(metrics, () -> false).ran(report);

    assertThat(report).isEqualTo(new RelayReport(0, 1, 0, 0));
    assertThat(fixture.errors()).containsExactly("no queue is bound for nobody.listens");
    assertThat(
            metrics.get("purgeline.outbox.published").tag("result", "returned").counter().count())
        .isOne();
    assertThat(lines.events())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.WARN);
          assertThat(line.getFormattedMessage())
              .isEqualTo("message stays in the outbox: no queue is bound for nobody.listens");
          assertThat(line.getKeyValuePairs()).contains(new KeyValuePair("event_id", id));
        });
    assertThat(fixture.time("available_at from outbox"))
        .isAfterOrEqualTo(before.plus(SHORTEST_DELAY));
    fixture.jdbc().sql("update outbox set available_at = now() + interval '1 hour'").update();
    assertThat(fixture.relay().runOnce()).isEqualTo(RelayReport.NOTHING);
  }

  @Test
  void doesNotMindThatNobodyListensToAFact() {
    fixture.insertFact();

    assertThat(fixture.relay().runOnce()).isEqualTo(new RelayReport(1, 0, 0, 0));
    assertThat(fixture.rows()).isZero();
  }

  @Test
  void isNotBlockedByARowThatTakesTheChannelDown() {
    fixture.insertTo("no.such.exchange");
    var sent = fixture.insert(RelayFixture.QUEUE, 150);

    fixture.runUntil(() -> fixture.rows() == 1);

    assertThat(fixture.received()).containsAll(sent);
    assertThat(fixture.errors()).hasSize(1);
  }

  @Test
  void holdsUpNoBatchForARowThatTakesTheChannelDownInItsMiddle() {
    for (int round = 1; round <= 3; round++) {
      var before = fixture.insert(RelayFixture.QUEUE, 100);
      fixture.insertTo("no.such.exchange");
      var after = fixture.insert(RelayFixture.QUEUE, 99);
      var failed = round;

      fixture.runUntil(() -> fixture.rows() == failed);

      assertThat(fixture.received()).containsAll(before).containsAll(after);
    }
    assertThat(fixture.errors()).hasSize(3);
  }

  @Test
  void isNotHeldUpByAQueueThatConfirmsNothing() {
    try (var other = new RelayFixture(RabbitServer.shared().newVirtualHost(), SHORT)) {
      other.declareSilent("purgeline.objects.silent");
      other.insert("purgeline.objects.silent", 1_000);
      var sent = other.insert(RelayFixture.QUEUE, 3);

      other.runUntil(() -> other.rows() == 1_000);

      assertThat(other.received()).containsAll(sent);
      assertThat(other.errors()).hasSizeLessThan(1_000); // not each of them was waited for
    }
  }

  @Test
  void isNotBlockedByARowThatCannotBeSent() {
    fixture.insert("x".repeat(300), 1);
    var sent = fixture.insert(RelayFixture.QUEUE, 3);

    fixture.runUntil(() -> fixture.rows() == 1);

    assertThat(fixture.received()).containsAll(sent);
    assertThat(fixture.errors()).containsExactly("the broker refused it");
  }

  @Test
  void losesNothingWhenTwoRelaysRunAtOnce() throws Exception {
    var sent = fixture.insert(RelayFixture.QUEUE, 500);
    Callable<Integer> relay =
        () -> IntStream.range(0, 50).map(i -> fixture.relay().runOnce().confirmed()).sum();

    try (var executor = Executors.newFixedThreadPool(2)) {
      var confirmed = 0;
      for (var run : executor.invokeAll(List.of(relay, relay))) {
        confirmed += run.get();
      }
      assertThat(confirmed).isEqualTo(500);
    }

    assertThat(fixture.rows()).isZero();
    assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void leavesARowThatAnotherRelayHolds() {
    fixture.insert(RelayFixture.QUEUE, 1);

    fixture.whileRowsAreLocked(
        () -> assertThat(fixture.relay().runOnce()).isEqualTo(RelayReport.NOTHING));

    assertThat(fixture.relay().runOnce().confirmed()).isOne();
  }

  @Test
  void losesNothingWhileTheBrokerIsAway() {
    var sent = fixture.insert(RelayFixture.QUEUE, 10);

    assertThatThrownBy(() -> fixture.relayWithoutBroker().runOnce())
        .isInstanceOf(AmqpException.class);

    assertThat(fixture.rows()).isEqualTo(10);
    assertThat(fixture.errors()).isEmpty();
    assertThat(fixture.relay().runOnce().confirmed()).isEqualTo(10);
    assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void tellsTheTaskWhenItsMessageLeft() {
    UUID task = fixture.insertTask();
    assertThat(fixture.isDispatched(task)).isFalse();

    fixture.relay().runOnce();

    assertThat(fixture.isDispatched(task)).isTrue();
  }
}
