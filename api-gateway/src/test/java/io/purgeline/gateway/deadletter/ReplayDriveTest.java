package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What keeps a replay from going on, and what does not. */
class ReplayDriveTest extends OnLetters {

  @Test
  void keepsToTheRate() {
    dead(5);

    var id = replayGroup(", 'ramp': false, 'rate_per_second': 0.01");

    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    var running = api.get("/replays/" + id).json();
    assertThat(running.path("next_step_at").isString()).isTrue();
    assertThat(running.path("rate_per_second").asDouble()).isEqualTo(0.01);
    moveBack(id, "step_began_at", "200 seconds");
    await().until(() -> letters.inState(group, "REPLAYING") == 3);
    abort(id);
    assertThat(letters.inState(group, "OPEN")).isEqualTo(2);
    assertThat(api.get("/replays/" + id).json().path("next_step_at").isNull()).isTrue();
  }

  @Test
  void keepsToTheRateOverTheStepsOfARamp() {
    dead(3);
    var id = replayGroup(", 'rate_per_second': 0.01");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    var began = time(id, "step_began_at");

    letters.concludeAll(group, true);

    await().until(() -> api.get("/replays/" + id).json().path("step").asInt() == 2);
    awaitDrivenAfter(id, time(id, "driven_at"));
    assertThat(letters.inState(group, "REPLAYING")).isZero();
    var next = api.get("/replays/" + id).json().path("next_step_at").asString();
    assertThat(Instant.parse(next)).isAfterOrEqualTo(began.plusSeconds(100));
    moveBack(id, "step_began_at", "100 seconds");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    abort(id);
  }

  @Test
  void doesNotMakeUpForAPause() {
    dead(10);
    var id = replayGroup(", 'ramp': false, 'rate_per_second': 0.01");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    api.post("/replays/" + id + "/pause", "");
    moveBack(id, "step_began_at", "1 hour");
    moveBack(id, "driven_at", "1 hour");

    api.post("/replays/" + id + "/resume", "");

    await().until(() -> drivenSince(id));
    assertThat(letters.inState(group, "REPLAYING")).isOne();
    abort(id);
  }

  @Test
  void pausesGoesOnAndEnds() {
    dead(8);
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);

    assertThat(api.post("/replays/" + id + "/pause", "").json().path("state").asString())
        .isEqualTo("PAUSED");
    letters.concludeAll(group, true);
    assertThat(api.post("/replays/" + id + "/pause", "").status()).isEqualTo(409);
    await().during(Duration.ofSeconds(1)).until(() -> letters.inState(group, "REPLAYING") == 0);
    awaitCounts(id, 8, 1, 1, 0, 7);
    assertThat(api.post("/replays/" + id + "/resume", "").status()).isEqualTo(200);
    await().until(() -> letters.inState(group, "REPLAYING") == 5);
    abort(id);

    assertThat(letters.inState(group, "OPEN")).isEqualTo(2);
    assertThat(letters.inState(group, "REPLAYING")).isEqualTo(5);
    letters.concludeAll(group, true);
    awaitCounts(id, 8, 6, 6, 0, 2);
    assertThat(api.post("/replays/" + id + "/resume", "").status()).isEqualTo(409);
  }

  @Test
  void putsNothingBackWhileAStoreIsDown() {
    dead(2);
    outage("", "connection refused");

    var dry = dryRun().path("would_refuse");
    assertThat(dry.size()).isEqualTo(1);
    assertThat(dry.get(0).path("store").asString()).isEqualTo("s3://main");
    assertThat(dry.get(0).path("problem").asString()).isEqualTo("connection refused");

    var id = replayGroup(", 'ramp': false");
    awaitState(id, "ABORTED");
    awaitCounts(id, 2, 0, 0, 0, 2);
    assertThat(because(id)).contains("s3://main is out of reach").contains("connection refused");
    assertThat(letters.inState(group, "OPEN")).isEqualTo(2);
  }

  @Test
  void saysWhichBucketWouldEndAReplay() {
    var bucket = bucketOf(letters.dead(group));
    outage(bucket, "another identity");
    outage(bucket + "-2", "no such bucket");

    var refuse = dryRun().path("would_refuse");

    assertThat(refuse.size()).isEqualTo(1);
    assertThat(refuse.get(0).path("store").asString()).isEqualTo(bucket);
    assertThat(refuse.get(0).path("problem").asString()).isEqualTo("another identity");
  }

  @Test
  void saysThatPurgingIsFrozen() {
    dead(1);
    assertThat(dryRun().path("frozen").asBoolean()).isFalse();
    var id = replayGroup("");
    assertThat(api.get("/replays/" + id).json().path("frozen").asBoolean()).isFalse();

    api.post("/freeze", json("{'reason': 'moving'}"));
    try {
      assertThat(dryRun().path("frozen").asBoolean()).isTrue();
      assertThat(api.get("/replays/" + id).json().path("frozen").asBoolean()).isTrue();
      abort(id);
      assertThat(api.get("/replays/" + id).json().path("frozen").asBoolean()).isFalse();
    } finally {
      api.delete("/freeze");
    }
  }

  @Test
  void stopsWhenAStoreGoesDown() {
    dead(2);
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);

    outage("", "connection refused");

    awaitState(id, "ABORTED");
    assertThat(because(id)).contains("connection refused");
    assertThat(letters.inState(group, "OPEN")).isEqualTo(1);
  }

  @Test
  void goesOnWhileAnotherBucketIsOutOfReach() {
    dead(1);
    outage("s3://main/other", "no such bucket");

    var id = replayGroup("");

    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    letters.concludeAll(group, true);
    awaitState(id, "DONE");
  }

  @Test
  void stopsWhenALetterMeetsABucketThatIsOutOfReach() {
    dead(2);
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);

    var bucket = meetAnOutage();

    awaitState(id, "ABORTED");
    assertThat(because(id)).isEqualTo(bucket + " is out of reach: no such bucket");
  }

  /** Its task waits for its next slice, and the outage is still the last error it had. */
  @Test
  void goesOnWhenTheBucketThatALetterMetIsBack() {
    dead(2);
    var id = pausedWithOnePutBack();
    meetAnOutage();
    endOutages();

    resume(id);

    letters.concludeAll(group, true);
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    letters.concludeAll(group, true);
    awaitState(id, "DONE");
  }

  @Test
  void letsAPausedReplayBeWhileAStoreIsDown() {
    dead(2);
    var id = pausedWithOnePutBack();
    outage("", "connection refused");

    letters.concludeAll(group, true);

    awaitCounts(id, 2, 1, 1, 0, 1);
    assertThat(api.get("/replays/" + id).json().path("state").asString()).isEqualTo("PAUSED");
    assertThat(dryRun().path("skipped").path("already_replaying").asInt()).isOne();
    resume(id);
    awaitState(id, "ABORTED");
    assertThat(because(id)).contains("connection refused");
    assertThat(letters.inState(group, "OPEN")).isEqualTo(1);
  }

  @Test
  void goesOnWhenItIsResumedAfterAStoreIsBack() {
    dead(2);
    var id = pausedWithOnePutBack();
    outage("", "connection refused");
    letters.concludeAll(group, true);
    awaitCounts(id, 2, 1, 1, 0, 1);
    endOutages();

    resume(id);

    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    letters.concludeAll(group, true);
    awaitState(id, "DONE");
  }

  @Test
  void goesOnPastAReplayThatCannot() {
    var poisoned = letters.dead(group);
    sql.sql(
            "alter table purge_task add constraint poison check (generation = 1 or deletion_id <> '%s')"
                .formatted(letters.deletionOf(poisoned)))
        .update();
    try {
      var stuck = replayGroup("");
      group = group + "-2";
      dead(1);
      var other = replayGroup("");
      await().until(() -> letters.inState(group, "REPLAYING") == 1);
      letters.concludeAll(group, true);

      awaitState(other, "DONE");
      awaitCounts(stuck, 1, 0, 0, 0, 1);
    } finally {
      sql.sql("alter table purge_task drop constraint poison").update();
    }
    await().until(() -> letters.state(poisoned).equals("REPLAYING"));
  }

  @Test
  void passesOverWhatWasDecidedOtherwise() {
    dead(2);
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    sql.sql(
            "update dead_letter set state = 'DISCARDED' where fingerprint = :group and state = 'OPEN'")
        .param("group", group)
        .update();

    letters.concludeAll(group, true);

    awaitState(id, "DONE");
    awaitCounts(id, 2, 1, 1, 0, 0);
    assertThat(api.get("/replays/" + id).json().path("passed_over").asInt()).isEqualTo(1);
  }

  @Test
  void tellsTheAuditorWhatWasStartedAndHowItEnded() {
    dead(1);
    var selector = "'group': '" + group + "'";
    var id = replayOnce(group, selector).json().path("id").asString();
    assertThat(replayOnce(group, selector).json().path("id").asString()).isEqualTo(id);
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    letters.concludeAll(group, true);
    awaitState(id, "DONE");

    var entries = api.get("/audit?resource_id=" + id).json().path("items");
    assertThat(entries.findValuesAsString("act"))
        .containsExactlyInAnyOrder("replay.start", "replay.finish");
    assertThat(entries.toString())
        .contains("\"accepted\":1")
        .contains("\"resolved\":1")
        .contains("alice")
        .contains("purgeline");
  }

  @Test
  void tellsTheAuditorWhoPausedResumedAndAbortedIt() {
    dead(1);
    var id = replayGroup("");

    for (var act : List.of("pause", "resume", "abort")) {
      var path = "/replays/" + id + "/" + act;
      api.send("POST", path, "", "X-Purgeline-Reason", "why " + act);
    }

    assertThat(audited(id))
        .containsExactly(
            "alice | replay.abort | replay | why abort | accepted",
            "alice | replay.resume | replay | why resume | accepted",
            "alice | replay.pause | replay | why pause | accepted",
            "alice | replay.start | replay | fixed | accepted");
  }

  @Test
  void tellsTheAuditorWhyItAbortedItself() {
    dead(2);
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);

    letters.concludeAll(group, false);

    awaitState(id, "ABORTED");
    assertThat(because(id)).contains(group);
    assertThat(audited(id))
        .containsExactly(
            "purgeline | replay.abort | replay | " + because(id) + " | ABORTED",
            "alice | replay.start | replay | fixed | accepted");
  }

  private String pausedWithOnePutBack() {
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    assertThat(api.post("/replays/" + id + "/pause", "").status()).isEqualTo(200);
    return id;
  }

  /** And waits until a gateway has driven it. */
  private void resume(String id) {
    var before = time(id, "driven_at");
    assertThat(api.post("/replays/" + id + "/resume", "").status()).isEqualTo(200);
    awaitDrivenAfter(id, before);
  }

  private void awaitDrivenAfter(String id, Instant before) {
    await().until(() -> time(id, "driven_at").isAfter(before));
  }

  private Instant time(String replay, String column) {
    return sql.sql("select %s from replay where id = :id".formatted(column))
        .param("id", UUID.fromString(replay))
        .query(Timestamp.class)
        .single()
        .toInstant();
  }

  /** Does what a worker does whose letter's bucket is gone, and tells which one that is. */
  private String meetAnOutage() {
    var letter = letters.replaying(group).getFirst();
    var bucket = bucketOf(letter);
    outage(bucket, "no such bucket");
    sql.sql(
            """
            update purge_task set state = 'WAITING', last_error_class = 'OUTAGE', last_error_message = 'no such bucket'
            where deletion_id = :id
            """)
        .param("id", letters.deletionOf(letter))
        .update();
    return bucket;
  }

  private String bucketOf(UUID letter) {
    return sql.sql("select location from purge_task where deletion_id = :id")
        .param("id", letters.deletionOf(letter))
        .query(String.class)
        .single()
        .replaceFirst("^(s3://[^/]+/[^/]+)/.*$", "$1");
  }

  private JsonNode dryRun() {
    return replay("'group': '" + group + "'", ", 'dry_run': true").json();
  }

  private void dead(int count) {
    IntStream.range(0, count).forEach(_ -> letters.dead(group));
  }

  private String because(String replay) {
    return api.get("/replays/" + replay).json().path("aborted_because").asString();
  }

  private void moveBack(String replay, String column, String interval) {
    sql.sql(
            "update replay set %1$s = %1$s - cast(:interval as interval) where id = :id"
                .formatted(column))
        .param("interval", interval)
        .param("id", UUID.fromString(replay))
        .update();
  }

  private boolean drivenSince(String id) {
    return records.count(
            "replay where id = '" + id + "' and driven_at > now() - interval '1 minute'")
        == 1;
  }
}
