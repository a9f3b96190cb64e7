package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.Records;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DecisionTest extends OnLetters {

  @Autowired private DeadLetterGroups groups;

  @Test
  void leavesADiscardedDeletionIncompleteUntilItIsRestored() {
    var letter = letters.dead(group);
    var deletion = "/deletions/" + letters.deletionOf(letter);

    var discarded = api.post("/dead-letters/" + letter + "/discard", because("nobody needs it"));

    assertThat(discarded.status()).isEqualTo(200);
    assertThat(discarded.json().path("state").asString()).isEqualTo("DISCARDED");
    assertThat(discarded.json().path("bytes").asInt()).isEqualTo(200);
    assertThat(discarded.json().path("decision").path("reason").asString())
        .isEqualTo("nobody needs it");
    assertThat(discarded.json().path("decision").path("by").asString()).isEqualTo("alice");
    assertThat(api.get(deletion).json().path("state").asString()).isEqualTo("INCOMPLETE");
    assertThat(
            records.count(
                "storage_location where deletion_id = '%s'".formatted(letters.deletionOf(letter))))
        .isEqualTo(1);

    var again = api.post("/dead-letters/" + letter + "/discard", because("again"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("detail").asString()).endsWith(": it is DISCARDED.");
    var restored = api.post("/dead-letters/" + letter + "/restore", "");

    assertThat(restored.json().path("state").asString()).isEqualTo("OPEN");
    assertThat(api.get(deletion).json().path("state").asString()).isEqualTo("DEAD");
    assertThat(api.get("/audit?act=dead_letter.discard&resource_id=" + letter).json().toString())
        .contains("nobody needs it");
  }

  @Test
  void snoozesAtMostAWeek() {
    var letter = letters.dead(group);
    var until = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    var snoozed = api.post("/dead-letters/" + letter + "/snooze", until(until.toString()));

    assertThat(snoozed.json().path("snoozed_until").asString()).isEqualTo(until.toString());
    assertThat(snoozed.json().path("state").asString()).isEqualTo("OPEN");
    for (var wrong :
        new String[] {
          Instant.now().plus(8, ChronoUnit.DAYS).toString(), "2020-01-01T00:00:00Z", "tomorrow"
        }) {
      assertThat(api.post("/dead-letters/" + letter + "/snooze", until(wrong)).status())
          .isEqualTo(400);
    }
    var restored = api.post("/dead-letters/" + letter + "/restore", "");
    assertThat(restored.json().path("snoozed_until").isNull()).isTrue();
  }

  @Test
  void isAwakeWhenTheTimeIsOver() {
    var letter = letters.dead(group);
    api.post(
        "/dead-letters/" + letter + "/snooze",
        until(Instant.now().plus(2, ChronoUnit.DAYS).toString()));

    sql.sql("update dead_letter set snoozed_until = now() - interval '1 second' where id = :id")
        .param("id", letter)
        .update();

    assertThat(api.get("/dead-letters/" + letter).json().path("snoozed_until").isNull()).isTrue();
  }

  @Test
  void decidesForAWholeGroup() {
    letters.dead(group);
    letters.dead(group);
    var other = letters.dead(Records.name("group"));

    var discarded =
        api.post("/dead-letters/groups/" + group + "/discard", because("kept on purpose"));

    assertThat(discarded.json().path("changed").asInt()).isEqualTo(2);
    assertThat(letters.inState(group, "DISCARDED")).isEqualTo(2);
    assertThat(letters.state(other)).isEqualTo("OPEN");
    var restored = api.post("/dead-letters/groups/" + group + "/restore", "");
    assertThat(restored.json().path("changed").asInt()).isEqualTo(2);
  }

  @Test
  void decidesInPortionsForALargeGroup() {
    sql.sql(
            """
            insert into dead_letter (id, class, message, fingerprint, title, body, body_digest)
            select gen_random_uuid(), 'UNREADABLE', 'no', :group, 'no', 'x', sha256((:group || n)::bytea)
            from generate_series(1, :count) n
            """)
        .param("group", group)
        .param("count", Decisions.MOST + 1)
        .update();

    var discarded = api.post("/dead-letters/groups/" + group + "/discard", because("rubbish"));

    assertThat(discarded.json().path("changed").asInt()).isEqualTo(Decisions.MOST + 1);
    assertThat(letters.inState(group, "DISCARDED")).isEqualTo(Decisions.MOST + 1);
    var audited = api.get("/audit?act=dead_letter_group.discard&resource_id=" + group).json();
    assertThat(audited.path("items").toString())
        .contains("\"changed\":1000")
        .contains("\"changed\":1}");
  }

  @Test
  void leavesAReplayItsLetters() {
    letters.dead(group);
    letters.dead(group);
    var replay = replayGroup(", 'ramp': false, 'rate_per_second': 0.01");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    var claimed =
        sql.sql("select id from dead_letter where fingerprint = :group and state = 'OPEN'")
            .param("group", group)
            .query(UUID.class)
            .single();
    var tomorrow = until(Instant.now().plus(1, ChronoUnit.DAYS).toString());

    assertThat(api.post("/dead-letters/" + claimed + "/snooze", tomorrow).status()).isEqualTo(409);
    var refused = api.post("/dead-letters/" + claimed + "/discard", because("x"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asString())
        .endsWith(": it is part of a replay that goes on.");

    abort(replay);
    assertThat(api.post("/dead-letters/" + claimed + "/snooze", tomorrow).status()).isEqualTo(200);
  }

  @Test
  void staysSnoozedInAReplayUntilItIsPutBack() {
    var awake = letters.dead(group);
    var snoozed = letters.dead(group);
    var until = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    api.post("/dead-letters/" + snoozed + "/snooze", until(until));

    var accepted = replay("'group': '" + group + "'", "").json();

    assertThat(accepted.path("accepted").asInt()).isEqualTo(2);
    await().until(() -> letters.state(awake).equals("REPLAYING"));
    abort(accepted.path("id").asString());
    var left = api.get("/dead-letters/" + snoozed).json();
    assertThat(left.path("state").asString()).isEqualTo("OPEN");
    assertThat(left.path("snoozed_until").asString()).isEqualTo(until);

    replay("'ids': ['%s']".formatted(snoozed), "");

    await().until(() -> letters.state(snoozed).equals("REPLAYING"));
    assertThat(api.get("/dead-letters/" + snoozed).json().path("snoozed_until").isNull()).isTrue();
  }

  @Test
  void tellsTheAuditorWhoSnoozedAndRestored() {
    var letter = letters.dead(group);
    var tomorrow = until(Instant.now().plus(1, ChronoUnit.DAYS).toString());

    var inCapitals = letter.toString().toUpperCase(Locale.ROOT);

    for (var one : new String[] {"/dead-letters/" + inCapitals, "/dead-letters/groups/" + group}) {
      api.post(one + "/snooze", tomorrow);
      api.send("POST", one + "/restore", "", "X-Purgeline-Reason", "they answered");
    }

    assertThat(audited(letter))
        .containsExactly(
            "alice | dead_letter.restore | dead_letter | they answered | accepted",
            "alice | dead_letter.snooze | dead_letter | waiting for the vendor | accepted");
    assertThat(audited(group))
        .containsExactly(
            "alice | dead_letter_group.restore | dead_letter_group | they answered | accepted",
            "alice | dead_letter_group.snooze | dead_letter_group | waiting for the vendor | accepted");
  }

  @Test
  void wantsAReason() {
    var letter = letters.dead(group);

    for (var body : new String[] {"{}", "{\"reason\": \" \"}", ""}) {
      assertThat(api.post("/dead-letters/" + letter + "/discard", body).status()).isEqualTo(400);
    }

    assertThat(letters.state(letter)).isEqualTo("OPEN");
    assertThat(api.post("/dead-letters/" + UUID.randomUUID() + "/discard", because("x")).status())
        .isEqualTo(404);
    assertThat(api.as("victor").post("/dead-letters/" + letter + "/discard", because("x")).status())
        .isEqualTo(403);
  }

  @Test
  void countsGroupsRightHoweverTheyCameAbout() {
    var first = letters.dead(group);
    letters.dead(group);
    var third = letters.dead(group);
    assertThat(groupIn().count()).isEqualTo(3);

    api.post("/dead-letters/" + third + "/discard", because("kept"));
    groups.addUp();
    letters.dead(group);
    groups.addUp();

    var seen = groupIn();
    assertThat(seen.count()).isEqualTo(3);
    assertThat(seen.bytes()).isEqualTo(600);
    assertThat(seen.kinds()).containsExactly("dataset");
    assertThat(seen.stores()).containsExactly("purgeline.objects.main");
    assertThat(seen.sampleIds()).hasSize(3).contains(first).doesNotContain(third);
    assertThat(seen.title()).isEqualTo("AccessDenied");
    assertThat(api.get("/dead-letters/groups").json().path("items").toString()).contains(group);
    assertThat(api.get("/dead-letters?state=OPEN&group=" + group).json().path("items").size())
        .isEqualTo(3);
  }

  private DeadLetterGroup groupIn() {
    return groups.open().stream()
        .filter(one -> one.group().equals(group))
        .findFirst()
        .orElseThrow();
  }

  private static String because(String reason) {
    return "{\"reason\": \"" + reason + "\"}";
  }

  private static String until(String time) {
    return "{\"reason\": \"waiting for the vendor\", \"until\": \"" + time + "\"}";
  }
}
