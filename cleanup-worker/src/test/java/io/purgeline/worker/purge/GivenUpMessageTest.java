package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.purgeline.deletion.TaskState;
import io.purgeline.messaging.Topology;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Messages;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Tally;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the broker gives up, maybe long after it mattered, is asked for again only if the task still
 * waits for just that message. Purging is frozen, so that nothing else moves a task.
 */
class GivenUpMessageTest extends OnPipeline {

  GivenUpMessageTest() {
    super("worker.lost-after=1h"); // no message is asked for again but what the broker gave up
  }

  @BeforeEach
  void freeze() {
    pipeline().awaitFrozen();
  }

  @AfterEach
  void thaw() {
    pipeline().thaw();
  }

  @Test
  void isAskedForAgainUnderTheNextGeneration() {
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 3, 1);
    var deletion = commit("");

    giveUp(deletion, 1);

    var task = deletion.awaitTask(again -> again.generation() == 2);
    assertThat(task.state()).isEqualTo(TaskState.PENDING);
    assertThat(task.barrenClaims()).isOne();
    assertThat(task.attempts()).isZero();
    pipeline().thaw();
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
  }

  @Test
  void isIgnoredIfItsGenerationIsNotTheTasksOwn() {
    var deletion = commit("a/");
    giveUp(deletion, 1);
    var task = deletion.awaitTask(again -> again.generation() == 2);

    giveUp(deletion, 1);
    giveUp(deletion, 3);

    assertUntouched(deletion, task.generation());
  }

  @Test
  void isIgnoredWhileAWorkerHoldsTheTask() {
    var deletion = commit("a/");
    change(
        deletion,
        """
        update purge_task set state = 'RUNNING', lease_owner = 'other',
          lease_until = now() + interval '1 hour'
        where deletion_id = ?
        """);

    giveUp(deletion, 1);

    assertUntouched(deletion, 1);
    assertThat(deletion.task().leaseOwner()).isEqualTo("other");
  }

  @Test
  void isIgnoredOnceTheTaskIsDone() {
    var deletion = commit("a/");
    pipeline().thaw();
    var task = deletion.await(PURGED);
    freeze();

    giveUp(deletion, task.generation());

    assertUntouched(deletion, task.generation());
    assertThat(deletion.state()).isEqualTo(PURGED);
  }

  @Test
  void isTheEndOfATaskWhenItHappensFiveTimesInARow() {
    var deletion = commit("a/");
    for (int generation = 1; generation < 5; generation++) {
      giveUp(deletion, generation);
      var next = generation + 1;
      deletion.awaitTask(task -> task.generation() == next);
    }

    giveUp(deletion, 5);

    assertThat(deletion.await(DEAD).errorClass()).isEqualTo("CRASH_LOOP");
    assertThat(deletion.deadLetters()).containsExactly("CRASH_LOOP 5");
    assertThat(deletion.history()).hasSize(5).containsOnly("CRASH_LOOP MessageGivenUp unknown");
    assertThat(deletion.letter("worker")).as("nobody claimed it").isNull();
  }

  @Test
  void isKeptWithItsHeadersOnceTheTaskIsDead() throws IOException, TimeoutException {
    var deletion = commit("a/");
    deletion
        .records()
        .change("update purge_task set barren_claims = 4 where deletion_id = ?", deletion.id());
    var message = Messages.datasetDeleted(deletion.task().id(), 1, deletion.id());
    var relayed = "select count(*) from outbox where deletion_id = ?";
    patiently().until(() -> deletion.records().number(relayed, deletion.id()) == 0);

    reject(message);

    deletion.await(DEAD);
    assertThat(deletion.letter("convert_from(body, 'UTF8')")).isEqualTo(message);
    assertThat(deletion.letter("headers ->> 'message_id'")).isEqualTo("a message");
    assertThat(deletion.letter("headers ->> 'x-death'"))
        .contains("reason=rejected", "queue=purgeline.objects.main");
    assertThat(deletion.letter("body_digest")).as("it is of its task, not of its body").isNull();
  }

  @Test
  void isTheEndOfAReplayedTaskThatEndedSoBefore() {
    var deletion = commit("a/");
    for (int generation = 1; generation <= 5; generation++) {
      giveUp(deletion, generation);
      var next = generation + 1;
      deletion.awaitTask(task -> task.generation() == next || task.state() == TaskState.DEAD);
    }
    deletion.await(DEAD);

    deletion.putBack(deletion.group());
    giveUp(deletion, deletion.task().generation());

    deletion.await(DEAD);
    assertThat(deletion.deadLetters()).containsExactly("CRASH_LOOP 1");
    assertThat(deletion.history()).hasSize(6);
  }

  /** Lets the broker itself give it up, from the queue it belongs to. */
  private void reject(String message) throws IOException, TimeoutException {
    try (var connection = pipeline().broker().connect()) {
      var channel = connection.createChannel();
      channel.queuePurge("purgeline.objects.main");
      var properties = new AMQP.BasicProperties.Builder().messageId("a message").build();
      pipeline().forge("purgeline.objects.main", message, properties);
      var got =
          patiently()
              .until(() -> channel.basicGet("purgeline.objects.main", false), Objects::nonNull);
      channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
    }
  }

  @Test
  void isKeptWhereNobodyCanReadIt() {
    var body = "no message " + prefix();

    pipeline().forge(Topology.DEAD_LETTERS, body);

    var kept = "select count(*) from dead_letter where class = 'UNREADABLE' and body = ?";
    patiently().until(() -> pipeline().records().number(kept, body.getBytes()) == 1);
  }

  private Deletion commit(String below) {
    return pipeline().dataset().at(uri() + below).commit();
  }

  private void giveUp(Deletion deletion, int generation) {
    var message = Messages.datasetDeleted(deletion.task().id(), generation, deletion.id());
    pipeline().forge(Topology.DEAD_LETTERS, message);
  }

  /** What comes after it in the queue has been worked on, and it has changed nothing. */
  private void assertUntouched(Deletion deletion, int generation) {
    var before = deletion.task();
    var marker = commit("marker/");
    giveUp(marker, 1);
    marker.awaitTask(task -> task.generation() == 2);
    assertThat(deletion.task()).isEqualTo(before);
    assertThat(before.generation()).isEqualTo(generation);
  }

  private static void change(Deletion deletion, String sql) {
    deletion.records().change(sql, deletion.id());
  }
}
