package io.purgeline.it.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a purge that gave up to its repair; what is decided otherwise; and what status tells. */
class DeadLettersCtlTest extends OnGateway {

  @Test
  void saysThatAllIsWell() throws Exception {
    awaitStatus("oldest waits   nothing waits", "unfinished     0 tasks", "All is well.");
    ctl.run("status").endsWith(0);
    await()
        .atMost(LONG)
        .untilAsserted(() -> {
          var status = ctl.json("status");
          assertThat(status.path("well").asBoolean()).isTrue();
          assertThat(status.path("outbox").path("messages").asLong()).isZero();
        });
    assertThat(ctl.run("dead-letters", "groups").endsWith(0).out()).isEqualTo("None.\n");
  }

  @Test
  void replaysWhatWasRepairedAndStopsAtWhatWasNot() throws Exception {
    var training = unpurgeableTraining();
    var letter = deadLetter(training);
    var group = ctl.json("dead-letters", "show", letter).path("group").asString();

    assertThat(ctl.run("dead-letters", "ls").endsWith(0).out()).contains(letter, training, group);
    assertThat(ctl.run("dead-letters", "groups").endsWith(0).out()).contains(group);
    assertThat(ctl.run("dead-letters", "show", letter).endsWith(0).out())
        .contains("state: OPEN", "history:");
    awaitStatus("training " + training + ", DEAD", group, "! 1 dead letter to be looked at");
    ctl.run("status").endsWith(3);

    var dry = ctl.run("dead-letters", "replay", "--group", group, "--reason", "r", "--dry-run");
    assertThat(dry.endsWith(0).out()).startsWith("Would replay 1 dead letter, ");
    var unrepaired = ctl.run("dead-letters", "replay", letter, "--reason", "try", "--watch");
    assertThat(unrepaired.endsWith(4).out()).contains("ABORTED", "1 failed again", group);

    repair(training);
    var repaired = ctl.run("dead-letters", "replay", letter, "--reason", "mended", "--watch");

    assertThat(repaired.endsWith(0).out()).contains("DONE, 1 of 1 resolved, 0 failed again\n");
    assertThat(directory(training)).doesNotExist();
    assertThat(ctl.run("dead-letters", "replay", letter, "--reason", "again").endsWith(4).err())
        .isEqualTo("There is nothing to replay. Skipped: 1 resolved.\n");
    var replays = ctl.json("replays", "ls", "--limit", "2").path("items");
    assertThat(replays.path(0).path("reason").asString()).isEqualTo("mended");
    assertThat(ctl.run("replays", "show", replays.path(0).path("id").asString()).endsWith(0).out())
        .contains("state: DONE");
  }

  @Test
  void tellsThatSomeOfThoseItNamedWereSkipped() throws Exception {
    var letters = new ArrayList<String>();
    for (var training : List.of(unpurgeableTraining(), unpurgeableTraining())) {
      letters.add(deadLetter(training));
      repair(training);
    }
    ctl.run("dead-letters", "replay", letters.getFirst(), "--reason", "one", "--watch").endsWith(0);

    var both =
        ctl.run(
            "dead-letters",
            "replay",
            letters.getFirst(),
            letters.getLast(),
            "--reason",
            "both",
            "--watch");

    assertThat(both.endsWith(3).out()).contains("Skipped: 1 resolved.", "DONE, 1 of 1 resolved");
  }

  @Test
  void givesScriptsOneDocument() throws Exception {
    var letter = deadLetter(unpurgeableTraining());
    var shown = ctl.json("dead-letters", "show", letter);
    var of = " --group " + shown.path("group").asString();
    var deletion = shown.path("deletion_id").asString();
    var until = " --reason r --until " + Instant.now().plus(1, ChronoUnit.DAYS);

    gives("dead-letters groups", "/items/0/count", "1");
    gives("dead-letters replay --reason r --dry-run" + of, "/accepted", "1");
    gives("dead-letters snooze " + letter + until, "/state", "OPEN");
    gives("dead-letters snooze" + of + until, "/changed", "1");
    gives("dead-letters restore " + letter, "/id", letter);
    gives("deletions watch " + deletion, "/state", "DEAD");
    gives("dead-letters discard --yes --reason r" + of, "/changed", "1");
    gives("deletions watch " + deletion, "/state", "INCOMPLETE");
    var replay = slowReplay(List.of(unpurgeableTraining(), unpurgeableTraining()));
    gives("replays pause " + replay, "/state", "PAUSED");
    gives("replays resume " + replay, "/state", "RUNNING");
    gives("replays abort " + replay, "/state", "ABORTED");
    gives("replays watch " + replay, "/state", "ABORTED");
  }

  private void gives(String command, String field, String value) throws Exception {
    assertThat(ctl.json(command.split(" ")).at(field).asString()).as(command).isEqualTo(value);
  }

  @Test
  void asksBeforeItDiscardsAndTakesThatBack() throws Exception {
    var letter = deadLetter(unpurgeableTraining());

    var unasked = ctl.run("dead-letters", "discard", letter, "--reason", "gone for good");
    assertThat(unasked.endsWith(4).err()).contains("Nobody is there to be asked: give --yes.");
    assertThat(state(letter)).isEqualTo("OPEN");

    var refused = ctl.onTerminal("n\n", "dead-letters", "discard", letter, "--reason", "gone");
    assertThat(refused.endsWith(4).out()).contains("[y/N]", "Nothing was done.");
    assertThat(state(letter)).isEqualTo("OPEN");

    var agreed = ctl.onTerminal("y\n", "dead-letters", "discard", letter, "--reason", "gone");
    assertThat(agreed.endsWith(0).out()).contains(letter + " is DISCARDED.");
    assertThat(
            ctl.run("dead-letters", "discard", letter, "--reason", "x", "--yes").endsWith(4).err())
        .contains("it is DISCARDED");
    var deletion = ctl.json("dead-letters", "show", letter).path("deletion_id").asString();
    assertThat(ctl.run("deletions", "watch", deletion).endsWith(3).out()).contains("INCOMPLETE");

    assertThat(ctl.run("dead-letters", "restore", letter).endsWith(0).out())
        .contains(letter + " is OPEN.");
    ctl.run("dead-letters", "restore", letter).endsWith(4);
  }

  @Test
  void leavesAGroupAside() throws Exception {
    var letter = deadLetter(unpurgeableTraining());
    var group = ctl.json("dead-letters", "show", letter).path("group").asString();
    var until = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();

    var snoozed =
        ctl.run("dead-letters", "snooze", "--group", group, "--until", until, "--reason", "later");

    assertThat(snoozed.endsWith(0).out()).contains("changed.");
    assertThat(ctl.run("dead-letters", "ls").endsWith(0).out()).contains("OPEN (until " + until);
    awaitStatus(
        "oldest waits   nothing waits", "gave up        1 deletion", "1 snoozed", "All is well.");
    ctl.run("dead-letters", "snooze", letter, "--until", "tomorrow", "--reason", "x").endsWith(2);
    ctl.run("dead-letters", "restore", "--group", group).endsWith(0);
    ctl.run("dead-letters", "discard", "--group", group, "--reason", "all", "--yes").endsWith(0);
    ctl.run("dead-letters", "discard", "--group", group, "--reason", "all", "--yes").endsWith(4);
  }

  @Test
  void tellsOfWhatWasLeftAsideOnceThatIsOver() throws Exception {
    var letter = deadLetter(unpurgeableTraining());
    var until = Instant.now().plus(1, ChronoUnit.DAYS).toString();
    ctl.run("dead-letters", "snooze", letter, "--until", until, "--reason", "later").endsWith(0);
    awaitStatus("1 snoozed", "All is well.");

    endSnooze(letter);

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(ctl.run("status").endsWith(3).out())
                .contains("! 1 dead letter to be looked at")
                .doesNotContain("snoozed"));
    assertThat(ctl.run("dead-letters", "ls").endsWith(0).out()).doesNotContain("(until ");
  }

  /** As if its time had passed. */
  private void endSnooze(String letter) {
    sql.sql("update dead_letter set snoozed_until = now() where id = cast(:id as uuid)")
        .param("id", letter)
        .update();
  }

  @Test
  void stopsAReplayForNowAndForGood() throws Exception {
    var id = slowReplay(List.of(unpurgeableTraining(), unpurgeableTraining()));
    assertThat(ctl.run("status").endsWith(3).out())
        .contains("replays        1 under way", id, "Purging is frozen since");

    assertThat(ctl.run("replays", "pause", id).endsWith(0).out()).contains("PAUSED");
    assertThat(ctl.run("replays", "pause", id).endsWith(4).err())
        .isEqualTo("Cannot pause a replay that is PAUSED.\n");
    assertThat(ctl.run("replays", "resume", id).endsWith(0).out()).contains("RUNNING");
    var watching = ctl.start("replays", "watch", id);
    await().atMost(LONG).until(() -> watching.out().contains("RUNNING"));
    assertThat(ctl.json("replays", "abort", id).path("state").asString()).isEqualTo("ABORTED");

    assertThat(watching.end().endsWith(4).out()).contains("ABORTED");
  }

  @Test
  void asksBeforeItReplaysMoreThanAHundred() throws Exception {
    insert(101, "many");

    var unasked = ctl.run("dead-letters", "replay", "--group", "many", "--reason", "all");
    assertThat(unasked.endsWith(4).err()).startsWith("Replay 101 dead letters, 1.0 kB?");
    var refused =
        ctl.onTerminal("\n", "dead-letters", "replay", "--group", "many", "--reason", "x");
    assertThat(refused.endsWith(4).out()).contains("Replay 101 dead letters", "Nothing was done.");
    assertThat(ctl.json("replays", "ls", "--state", "RUNNING").path("items").size()).isZero();
  }

  @Test
  void asksBeforeItLeavesMoreThanAHundredAsideOrTakesThatBack() throws Exception {
    insert(101, "lots");
    insert(100, "few");
    var until = Instant.now().plus(1, ChronoUnit.DAYS).toString();

    decideAll("few", "snooze", "--until", until, "--reason", "x").endsWith(0);
    decideAll("few", "restore").endsWith(0);
    assertThat(decideAll("lots", "snooze", "--until", until, "--reason", "x").endsWith(4).err())
        .startsWith("Snooze all 101 dead letters of group lots (denied), 1.0 kB?");
    assertThat(decided("snoozed_until is not null")).isZero();
    decideAll("lots", "snooze", "--until", until, "--reason", "x", "--yes").endsWith(0);

    assertThat(decideAll("lots", "restore").endsWith(4).err())
        .startsWith("Restore all that were discarded or snoozed of group lots?");
    assertThat(decided("snoozed_until is not null")).isEqualTo(101);
    decideAll("lots", "restore", "--yes").endsWith(0);
    decideAll("lots", "discard", "--reason", "x", "--yes").endsWith(0);
    decideAll("lots", "restore").endsWith(4);
    assertThat(decided("state = 'DISCARDED'")).isEqualTo(101);
  }

  @Test
  void tellsWhatWasDecidedOtherwiseDuringAReplay() throws Exception {
    var trainings = List.of(unpurgeableTraining(), unpurgeableTraining());
    var id = slowReplay(trainings);
    for (var training : trainings) {
      repair(training);
    }
    await().atMost(LONG).until(() -> ctl.json("replays", "show", id).path("replayed").asInt() == 1);
    sql.sql(
            """
            update dead_letter l set state = 'DISCARDED', decision = 'elsewhere', decided_by = 'bob', decided_at = now()
            from replay_item i where i.dead_letter_id = l.id and i.step is null and l.state = 'OPEN'
            """)
        .update();
    sql.sql("update replay set rate_per_second = null").update();
    thaw();

    var watched = ctl.run("replays", "watch", id);
    sql.sql("update dead_letter set state = 'OPEN' where decided_by = 'bob'").update();

    assertThat(watched.endsWith(3).out())
        .contains("DONE, 1 of 2 resolved, 0 failed again, 1 decided otherwise meanwhile");
  }

  @Test
  void drawsABarOnATerminal() throws Exception {
    var training = training();

    var seen = ctl.onTerminal("", "delete", "training", training, "--watch").endsWith(0).out();

    assertThat(seen).contains("\r\033[K[########################] PURGED 1 of 1");
  }

  private CtlProcess.Answer decideAll(String group, String act, String... more) throws Exception {
    var command = new ArrayList<>(List.of("dead-letters", act, "--group", group));
    command.addAll(List.of(more));
    return ctl.run(command.toArray(String[]::new));
  }

  private long decided(String condition) {
    return sql.sql("select count(*) from dead_letter where fingerprint = 'lots' and " + condition)
        .query(Long.class)
        .single();
  }

  /** Dead letters of no deletion. */
  private void insert(int count, String group) {
    sql.sql(
            """
            insert into dead_letter (id, class, message, bytes, fingerprint, title)
            select gen_random_uuid(), 'ITEM', 'denied', 10, :group, 'denied' from generate_series(1, :count)
            """)
        .param("count", count)
        .param("group", group)
        .update();
  }

  private String state(String letter) throws Exception {
    return ctl.json("dead-letters", "show", letter).path("state").asString();
  }
}
