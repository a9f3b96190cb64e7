package io.purgeline.worker.consume;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.messaging.Topology;
import io.purgeline.worker.testing.Messages;
import io.purgeline.worker.testing.OnPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that nobody can read are kept, each body once, whatever is wrong with them. */
class UnreadableMessageTest extends OnPipeline {

  private static final String QUEUE = "purgeline.objects.main";

  @AfterEach
  void storeEverything() {
    change("alter table dead_letter drop constraint if exists test_refuses");
  }

  @Test
  void areGroupedByWhatIsWrongAndNotByWhatTheySay() {
    var readable = Messages.datasetDeleted(UUID.randomUUID(), 1, UUID.randomUUID());
    var bodies =
        List.of(
            "{foo " + prefix(),
            "{\"bar\": baz " + prefix(),
            readable.replace("\"DatasetDeleted\"", "\"ModelDeleted\""),
            readable.replace("\"DatasetDeleted\"", "\"PetDeleted\""),
            readable.replaceAll("\"task_id\":\"[^\"]*\"", "\"task_id\":\"../../etc\""),
            readable.replaceAll("\"task_id\":\"[^\"]*\"", "\"task_id\":\"17\""));
    for (var body : bodies) {
      send(body, null);
    }

    for (var body : bodies) {
      awaitLetter(body);
    }
    var groups = bodies.stream().map(body -> letter(body, "fingerprint || title")).toList();
    assertThat(groups.get(0)).isEqualTo(groups.get(1)).endsWith("UnreadableMessage: not JSON");
    assertThat(groups.get(2)).isEqualTo(groups.get(3)).endsWith("unknown type");
    assertThat(groups.get(4)).isEqualTo(groups.get(5)).endsWith("malformed field task_id");
    assertThat(Set.copyOf(groups)).hasSize(3);
  }

  @Test
  void areCountedOnceHoweverOftenACopyComes() throws IOException, TimeoutException {
    var body = "no message " + prefix();
    send(body, "one");
    awaitLetter(body);

    send(body, "one");
    redeliver(body, "one");
    send(body, "two");

    patiently().until(() -> letter(body, "headers ->> 'message_id'").equals("two"));
    assertThat(letter(body, "attempts")).isEqualTo("1");
    redeliver(body, "one");
    redeliver(body, "two");
    awaitHandled();
    assertThat(letter(body, "headers ->> 'message_id'")).isEqualTo("two");
    assertThat(letter(body, "attempts")).isEqualTo("1");
  }

  @Test
  void areCountedAlsoIfTheirFirstDeliveryCameToNothing() throws IOException, TimeoutException {
    var body = "no message " + prefix();
    send(body, "one");
    awaitLetter(body);

    redeliver(body, "two");

    patiently().until(() -> letter(body, "headers ->> 'message_id'").equals("two"));
    assertThat(letter(body, "attempts")).isEqualTo("1");
  }

  @Test
  void openTheirLetterAgainIfAnotherOneComesAfterItWasDiscarded() {
    var body = "no message " + prefix();
    send(body, "one");
    awaitLetter(body);
    change(
        """
        update dead_letter set state = 'DISCARDED', decision = 'gone', decided_by = 'me', decided_at = now()
        where body = ?
        """,
        bytes(body));
    var opened = opened();
    send(body, "one");
    awaitHandled();
    assertThat(letter(body, "state")).isEqualTo("DISCARDED");

    send(body, "two");

    patiently().until(() -> letter(body, "state").equals("OPEN"));
    assertThat(letter(body, "num_nonnulls(decision, decided_by, decided_at)")).isEqualTo("0");
    patiently().alias("the marker and this").until(() -> opened() >= opened + 2);
  }

  @Test
  void areKeptWithoutHeadersThatCannotBe() {
    change("alter table dead_letter add constraint test_refuses check (headers is null) not valid");

    for (var queue : List.of(QUEUE, Topology.DEAD_LETTERS)) {
      send(queue, "no message in " + queue + prefix(), "one");
    }

    for (var queue : List.of(QUEUE, Topology.DEAD_LETTERS)) {
      awaitLetter("no message in " + queue + prefix());
    }
  }

  @Test
  void stayInTheQueueOfTheDeadLettersWhileTheyCannotBeKept() {
    change(
        "alter table dead_letter add constraint test_refuses check (class <> 'UNREADABLE') not valid");
    var body = "no message " + prefix();
    send(QUEUE, body, "one"); // rejected there, which leads it to the dead letters
    send(Topology.DEAD_LETTERS, body + " at once", "two");

    patiently().until(() -> pipeline().broker().depth(QUEUE).orElse(-1) == 0);

    pipeline().awaitFrozen();
    var behind = pipeline().dataset().at(uri()).commit();
    change("update purge_task set barren_claims = 4 where deletion_id = ?", behind.id());
    send(Messages.datasetDeleted(behind.task().id(), 1, behind.id()), "three");
    assertThat(behind.await(DEAD).errorClass()).isEqualTo("CRASH_LOOP");
    pipeline().thaw();
    storeEverything();

    awaitLetter(body);
    awaitLetter(body + " at once");
  }

  private void awaitLetter(String body) {
    var kept = "select count(*) from dead_letter where class = 'UNREADABLE' and body = ?";
    patiently().until(() -> pipeline().records().number(kept, bytes(body)) == 1);
  }

  private String letter(String body, String column) {
    return pipeline()
        .records()
        .texts(
            "select cast(%s as text) from dead_letter where body = ?".formatted(column),
            bytes(body))
        .getFirst();
  }

  /** What was sent so far has been handled. */
  private void awaitHandled() {
    var marker = "marker " + UUID.randomUUID();
    send(marker, null);
    awaitLetter(marker);
  }

  private double opened() {
    return pipeline()
        .bean(MeterRegistry.class)
        .get("purgeline.dead.letters.opened")
        .tag("class", "UNREADABLE")
        .counter()
        .count();
  }

  /** Through the queue of the dead letters, which one consumer empties in order. */
  private void send(String body, @Nullable String id) {
    send(Topology.DEAD_LETTERS, body, id);
  }

  private void send(String queue, String body, @Nullable String id) {
    pipeline()
        .forge(
            queue,
            body,
            new AMQP.BasicProperties.Builder().messageId(id).headers(Map.of("odd", "é")).build());
  }

  /** As a consumer gets it whose acknowledgement was lost. */
  private void redeliver(String body, String id) throws IOException, TimeoutException {
    pipeline().awaitFrozen();
    send(QUEUE, body, id);
    try (var connection = pipeline().broker().connect()) {
      var channel = connection.createChannel();
      patiently().until(() -> channel.basicGet(QUEUE, false) != null);
    }
    pipeline().thaw();
    patiently().until(() -> pipeline().broker().consumers(QUEUE) > 0);
    patiently().until(() -> pipeline().broker().depth(QUEUE).orElse(-1) == 0);
  }

  private void change(String sql, Object... values) {
    pipeline().records().change(sql, values);
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
