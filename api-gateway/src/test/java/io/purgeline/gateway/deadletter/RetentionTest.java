package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RetentionTest extends OnLetters {

  @Autowired private Retention retention;

  private final Map<UUID, UUID> tasks = new HashMap<>();

  @Test
  void forgetsWhatEndedLongAgoAndNothingElse() {
    var open = letters.dead(group);
    var resolved = letters.dead(group);
    letters.conclude(resolved, true);
    var discarded = letters.dead(group);
    api.post("/dead-letters/" + discarded + "/discard", "{\"reason\": \"kept on purpose\"}");
    var lately = letters.dead(group);
    letters.conclude(lately, true);
    age(open, 1_000);
    age(resolved, 91);
    age(discarded, 91);
    age(lately, 89);
    var deletion = letters.deletionOf(discarded);

    retention.runOnce();

    assertThat(exists(open)).isTrue();
    assertThat(exists(lately)).isTrue();
    assertThat(exists(resolved)).isFalse();
    assertThat(exists(discarded)).isFalse();
    assertThat(api.get("/deletions/" + deletion).json().path("state").asString())
        .isEqualTo("INCOMPLETE");
  }

  @Test
  void forgetsOldReplaysAndTheAttemptsOfWhatIsForgotten() {
    var resolved = letters.dead(group);
    var failed = letters.dead(group);
    attempt(resolved);
    var replay = replayGroup(", 'ramp': false");
    await().until(() -> letters.inState(group, "REPLAYING") == 2);
    letters.conclude(resolved, true);
    letters.conclude(failed, false);
    await()
        .until(() ->
            records.count("replay where finished_at is not null and id = '" + replay + "'") == 1);
    var running = letters.dead(group);
    attempt(running);
    var later = replay("'ids': ['%s']".formatted(running), "").json().path("id").asString();
    age(resolved, 91);
    sql.sql("update replay set finished_at = finished_at - interval '91 days'").update();

    retention.runOnce();

    assertThat(api.get("/replays/" + replay).status()).isEqualTo(404);
    assertThat(api.get("/replays/" + later).status()).isEqualTo(200);
    assertThat(exists(failed)).isTrue();
    assertThat(attempts(resolved)).isZero();
    assertThat(attempts(running)).isEqualTo(1);
  }

  private void attempt(UUID letter) {
    var task =
        sql.sql("select task_id from dead_letter where id = :id")
            .param("id", letter)
            .query(UUID.class)
            .single();
    tasks.put(letter, task);
    sql.sql(
            """
            insert into purge_attempt (task_id, generation, worker, class, exception, message, fingerprint)
            values (:task, 1, 'w1', 'ITEM', 'E', 'm', 'f')
            """)
        .param("task", task)
        .update();
  }

  private long attempts(UUID letter) {
    return records.count("purge_attempt where task_id = '" + tasks.get(letter) + "'");
  }

  private boolean exists(UUID letter) {
    return records.count("dead_letter where id = '" + letter + "'") == 1;
  }

  private void age(UUID letter, int days) {
    sql.sql(
            """
            update dead_letter
            set first_at = first_at - make_interval(days => :days), last_at = last_at - make_interval(days => :days),
                resolved_at = resolved_at - make_interval(days => :days),
                decided_at = decided_at - make_interval(days => :days)
            where id = :id
            """)
        .param("days", days)
        .param("id", letter)
        .update();
  }
}
