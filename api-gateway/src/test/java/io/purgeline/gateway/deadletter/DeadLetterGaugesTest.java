package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.deletion.DeletionGauges;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What alerts see of purges that gave up. */
class DeadLetterGaugesTest extends OnLetters {

  /** Before anything else that these tests delete. */
  private static final double LONG_AGO = Instant.parse("2001-01-01T00:00:00Z").getEpochSecond();

  @Autowired private DeletionGauges gauges;
  @Autowired private DeadLetterGroups groups;
  @Autowired private MeterRegistry registry;

  @AfterEach
  void nothingIsThatOldAnyMore() {
    sql.sql("update deletion set requested_at = now() where requested_at < '2002-01-01'").update();
  }

  @Test
  void aDeadDeletionIsLateUnlessItIsSnoozed() {
    var letter = letters.dead(group);
    makeOldest(letters.deletionOf(letter));
    assertThat(oldest("dataset")).isEqualTo(LONG_AGO);

    snooze(letter);
    assertThat(oldest("dataset")).isGreaterThan(LONG_AGO);

    api.post("/dead-letters/" + letter + "/restore", "");
    assertThat(oldest("dataset")).isEqualTo(LONG_AGO);
  }

  @Test
  void aDeadDeletionIsLateAgainWhenItsSnoozeIsOver() {
    var letter = letters.dead(group);
    makeOldest(letters.deletionOf(letter));
    snooze(letter);

    sql.sql("update dead_letter set snoozed_until = now() - interval '1 second' where id = :id")
        .param("id", letter)
        .update();

    assertThat(oldest("dataset")).isEqualTo(LONG_AGO);
    await().until(() -> records.count("deletion where snoozed_until < now()") == 0);
    assertThat(oldest("dataset")).as("once it has been noted").isEqualTo(LONG_AGO);
  }

  @Test
  void aDeletionIsLateWhileOneOfItsTasksIsNotSnoozed() {
    var letter = letters.dead(group);
    var deletion = letters.deletionOf(letter);
    makeOldest(deletion);
    var other = UUID.randomUUID();
    sql.sql(
            """
            insert into purge_task (id, deletion_id, queue, state, generation)
            values (:id, :deletion, 'purgeline.objects.main', 'WAITING', 1)
            """)
        .param("id", other)
        .param("deletion", deletion)
        .update();
    snooze(letter);
    assertThat(oldest("dataset")).isEqualTo(LONG_AGO);

    transactions.executeWithoutResult(tx -> {
      sql.sql("update purge_task set state = 'DONE' where id = :id").param("id", other).update();
      progress.refresh(deletion);
    });

    assertThat(oldest("dataset")).isGreaterThan(LONG_AGO);
  }

  @Test
  void aJobIsLateUnlessAllThatIsLeftOfItIsSnoozed() {
    var job = deadJob(letters.dead(group), letters.dead(group));
    makeOldest(job);
    var of = sql.sql("select id from dead_letter where fingerprint = :group").param("group", group);
    var both = of.query(UUID.class).list();

    snooze(both.getFirst());
    assertThat(oldest("job")).isEqualTo(LONG_AGO);

    snooze(both.getLast());
    assertThat(oldest("job")).isNotEqualTo(LONG_AGO);
  }

  @Test
  void aSnoozedDeletionThatIsReplayedIsLate() {
    var letter = letters.dead(group);
    makeOldest(letters.deletionOf(letter));
    snooze(letter);

    transactions.executeWithoutResult(tx -> {
      sql.sql("update dead_letter set state = 'REPLAYING', snoozed_until = null where id = :id")
          .param("id", letter)
          .update();
      sql.sql("update purge_task set state = 'PENDING' where deletion_id = :deletion")
          .param("deletion", letters.deletionOf(letter))
          .update();
      progress.refresh(letters.deletionOf(letter));
    });

    assertThat(oldest("dataset")).isEqualTo(LONG_AGO);
  }

  @Test
  void countsLettersAndBytesByWhatBecameOfThem() {
    gauges.runOnce();
    var open = letters("OPEN");
    var snoozed = letters("SNOOZED");
    var discarded = letters("DISCARDED");
    var stuck = bytes("OPEN");
    var left = bytes("SNOOZED");
    var given = bytes("DISCARDED");

    letters.dead(group);
    snooze(letters.dead(group));
    api.post(
        "/dead-letters/" + letters.dead(group) + "/discard", "{\"reason\": \"nobody needs it\"}");

    for (int times = 0; times < 2; times++) {
      gauges.runOnce();
      assertThat(letters("OPEN")).isEqualTo(open + 1);
      assertThat(letters("SNOOZED")).isEqualTo(snoozed + 1);
      assertThat(letters("DISCARDED")).isEqualTo(discarded + 1);
      assertThat(bytes("OPEN")).isEqualTo(stuck + 200);
      assertThat(bytes("SNOOZED")).isEqualTo(left + 200);
      assertThat(bytes("DISCARDED")).isEqualTo(given + 200);
      groups.addUp(); // changes the tally's rows and nothing else
    }
  }

  @Test
  void countsDeadTasksAndThoseThatAreOverdue() {
    gauges.runOnce();
    var dead = value("purgeline.tasks", "state", "DEAD", "kind", "dataset");
    var overdue = value("purgeline.overdue.tasks");

    letters.dead(group);
    age(letters.deletionOf(letters.dead(group)));
    age(api.delete("/datasets/" + records.dataset()).deletion());

    gauges.runOnce();
    assertThat(value("purgeline.tasks", "state", "DEAD", "kind", "dataset")).isEqualTo(dead + 2);
    assertThat(value("purgeline.overdue.tasks")).isEqualTo(overdue + 2);
  }

  /** The deletion of a job whose datasets' deletions these letters are of. */
  private UUID deadJob(UUID... letterIds) {
    var job = UUID.randomUUID();
    sql.sql(
            """
            insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
            values (:id, 'job', 'x', 'x', '{}', 'alice', 'DEAD')
            """)
        .param("id", job)
        .update();
    for (var letter : letterIds) {
      sql.sql("update deletion set parent_id = :job where id = :id")
          .param("job", job)
          .param("id", letters.deletionOf(letter))
          .update();
    }
    return job;
  }

  private void snooze(UUID letter) {
    var until = Instant.now().plus(2, ChronoUnit.DAYS);
    var body = "{\"reason\": \"waiting\", \"until\": \"%s\"}".formatted(until);
    assertThat(api.post("/dead-letters/" + letter + "/snooze", body).status()).isEqualTo(200);
  }

  private void makeOldest(UUID deletion) {
    sql.sql("update deletion set requested_at = '2001-01-01T00:00:00Z' where id = :id")
        .param("id", deletion)
        .update();
  }

  private void age(UUID deletion) {
    sql.sql("update purge_task set created_at = now() - interval '2 hours' where deletion_id = :id")
        .param("id", deletion)
        .update();
  }

  private double oldest(String kind) {
    gauges.runOnce();
    return value("purgeline.oldest.pending.timestamp", "kind", kind);
  }

  private double letters(String state) {
    return value("purgeline.dead.letters", "class", "ITEM", "state", state);
  }

  private double bytes(String state) {
    return value("purgeline.dead.letter", "state", state);
  }

  private double value(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }
}
