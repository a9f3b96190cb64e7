package io.purgeline.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.AtOnce;
import io.purgeline.messaging.PurgeRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class ReplayTest extends OnLetters {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Autowired private ReplayWatch watch;

  @Test
  void putsALetterBackOnTheOnePath() {
    var letter = letters.dead(group);
    var deletion = letters.deletionOf(letter);

    var accepted = replay("'ids': ['%s']".formatted(letter), "");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.json().path("accepted").asInt()).isEqualTo(1);
    var id = accepted.json().path("id").asString();
    assertThat(accepted.response().headers().firstValue("Location"))
        .hasValue("/api/v1/replays/" + id);
    await().until(() -> letters.state(letter).equals("REPLAYING"));
    var task = api.get("/deletions/" + deletion).json().path("tasks").get(0);
    assertThat(task.path("state").asString()).isEqualTo("PENDING");
    assertThat(task.path("generation").asInt()).isEqualTo(2);
    assertThat(records.count("outbox where task_id = '" + task.path("id").asString() + "'"))
        .isEqualTo(2); // the first message is still there: nobody relays here
    assertThat(api.get("/deletions/" + deletion).json().path("state").asString())
        .isEqualTo("PURGING");

    letters.conclude(letter, true);

    awaitState(id, "DONE");
    var done = api.get("/replays/" + id).json();
    assertThat(counts(done)).containsExactly(1, 1, 1, 0, 0);
    assertThat(api.get("/dead-letters/" + letter).json().path("replays").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, purgeline.objects.main",
    "1, purgeline.objects.main.large",
    "3, purgeline.objects.main.large"
  })
  void beginsTheTaskAnew(int slices, String queue) throws Exception {
    var letter = letters.dead(group);
    var deletion = letters.deletionOf(letter);
    sql.sql(
            """
            update purge_task
            set attempts = 8, barren_claims = 4, slices = :slices, dispatched_at = now(), next_attempt_at = now()
            where deletion_id = :id
            """)
        .param("slices", slices)
        .param("id", deletion)
        .update();
    sql.sql("update deletion set traceparent = :trace where id = :id")
        .param("trace", TRACE)
        .param("id", deletion)
        .update();

    replay("'ids': ['%s']".formatted(letter), "");

    await().until(() -> letters.state(letter).equals("REPLAYING"));
    var task = row("select * from purge_task where deletion_id = :id", deletion);
    assertThat(task)
        .containsEntry("state", "PENDING")
        .containsEntry("generation", 2)
        .containsEntry("attempts", 0)
        .containsEntry("barren_claims", 0)
        .containsEntry("replay_of", group)
        .containsEntry("dispatched_at", null)
        .containsEntry("next_attempt_at", null);
    var message =
        row(
            """
            select * from outbox
            where task_id = (select id from purge_task where deletion_id = :id) order by id desc limit 1
            """,
            deletion);
    assertThat(message)
        .containsEntry("exchange", "purgeline.work")
        .containsEntry("routing_key", queue)
        .containsEntry("mandatory", true)
        .containsEntry("traceparent", TRACE);
    var request = PurgeRequest.parse(String.valueOf(message.get("payload")).getBytes(UTF_8));
    assertThat(request.taskId()).isEqualTo(task.get("id"));
    assertThat(request.generation()).isEqualTo(2);
    assertThat(request.deletionId()).isEqualTo(deletion);
  }

  private Map<String, @Nullable Object> row(String select, UUID deletion) {
    return sql.sql(select).param("id", deletion).query().singleRow();
  }

  @Test
  void givesALetterToOneOfManyReplaysAtOnce() throws Exception {
    var letter = letters.dead(group);

    var answers = AtOnce.all(6, n -> replay("'ids': ['%s']".formatted(letter), ""));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers.stream().mapToInt(answer -> answer.json().path("accepted").asInt()).sum())
        .isEqualTo(1);
    assertThat(answers)
        .allMatch(answer ->
            answer.json().path("accepted").asInt()
                    + answer.json().path("skipped").path("already_replaying").asInt()
                == 1);
  }

  @Test
  void climbsARampWhileItWorks() {
    IntStream.range(0, 30).forEach(_ -> letters.dead(group));
    var id = replayGroup("");

    for (var step : List.of(1L, 5L, 20L, 4L)) {
      await().until(() -> letters.inState(group, "REPLAYING") == step);
      letters.concludeAll(group, true);
    }

    awaitState(id, "DONE");
    var done = api.get("/replays/" + id).json();
    assertThat(counts(done)).containsExactly(30, 30, 30, 0, 0);
    assertThat(done.path("step").asInt()).isEqualTo(4);
    assertThat(letters.inState(group, "RESOLVED")).isEqualTo(30);
  }

  @Test
  void abortsWhenTheFirstStepFailsAgain() {
    IntStream.range(0, 10).forEach(_ -> letters.dead(group));
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);

    letters.concludeAll(group, false);

    awaitState(id, "ABORTED");
    var aborted = api.get("/replays/" + id).json();
    assertThat(aborted.path("aborted_because").asString()).contains(group).contains("AccessDenied");
    assertThat(counts(aborted)).containsExactly(10, 1, 0, 1, 9);
    assertThat(letters.inState(group, "OPEN")).isEqualTo(10);
    var again = replay("'group': '" + group + "'", "");
    assertThat(again.json().path("accepted").asInt()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"2, DONE", "3, ABORTED"})
  void toleratesOneInTenThatFailAgain(int bad, String end) {
    IntStream.range(0, 26).forEach(_ -> letters.dead(group));
    var id = replayGroup("");
    for (var step : List.of(1L, 5L)) {
      await().until(() -> letters.inState(group, "REPLAYING") == step);
      letters.concludeAll(group, true);
    }
    await().until(() -> letters.inState(group, "REPLAYING") == 20);

    var step = letters.replaying(group);
    step.subList(0, bad).forEach(letter -> letters.conclude(letter, false));
    step.subList(bad, 20).forEach(letter -> letters.conclude(letter, true));

    awaitState(id, end);
    awaitCounts(id, 26, 26, 26 - bad, bad, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, DONE", "2, ABORTED"})
  void toleratesNoMoreWithoutARamp(int bad, String end) {
    IntStream.range(0, 10).forEach(_ -> letters.dead(group));
    var id = replayGroup(", 'ramp': false");
    await().until(() -> letters.inState(group, "REPLAYING") == 10);

    var all = letters.replaying(group);
    all.subList(0, bad).forEach(letter -> letters.conclude(letter, false));
    all.subList(bad, 10).forEach(letter -> letters.conclude(letter, true));

    awaitState(id, end);
    awaitCounts(id, 10, 10, 10 - bad, bad, 0);
  }

  @Test
  void putsNothingMoreBackWithoutARampWhenOneInTenOfAllHasFailed() {
    IntStream.range(0, 5).forEach(_ -> letters.dead(group));
    var id = replayGroup(", 'ramp': false, 'rate_per_second': 0.01");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);

    letters.concludeAll(group, false);

    awaitState(id, "ABORTED");
    assertThat(counts(api.get("/replays/" + id).json())).containsExactly(5, 1, 0, 1, 4);
    assertThat(letters.inState(group, "OPEN")).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'group': 'GROUP'} | 2",
        "{'group': 'GROUP', 'class': 'ITEM', 'kind': 'dataset', 'state': 'OPEN'} | 2",
        "{'group': 'GROUP', 'class': 'BUG'} | 0",
        "{'group': 'GROUP', 'kind': 'training'} | 0",
        "{'group': 'GROUP', 'state': 'RESOLVED'} | 0",
        "{'group': 'GROUP', 'since': '2020-01-01T00:00:00Z'} | 2",
        "{'group': 'GROUP', 'since': '2999-01-01T00:00:00Z'} | 0",
        "{'deletion_id': 'DELETION'} | 1",
      })
  void meansWhatAFilterSays(String filter, int accepted) {
    letters.dead(group);
    var deletion = letters.deletionOf(letters.dead(group)).toString();
    var selector = "'filter': " + filter.replace("GROUP", group).replace("DELETION", deletion);

    var dry = replay(selector, ", 'dry_run': true");

    assertThat(dry.json().path("accepted").asInt()).isEqualTo(accepted);
  }

  @Test
  void replaysAllThatIsOpen() {
    letters.dead(group);
    letters.dead(group + "-2");

    var all = replay("'all': true", ", 'rate_per_second': 0.01").json().path("id").asString();

    for (var each : List.of(group, group + "-2")) {
      var look = replay("'group': '" + each + "'", ", 'dry_run': true").json();
      assertThat(look.path("accepted").asInt()).isZero();
      assertThat(look.path("skipped").path("already_replaying").asInt()).isOne();
    }
    abort(all);
  }

  @Test
  void replaysOnlyWhatStoodInTheListWhenItWasAsked() {
    letters.dead(group);
    letters.dead(group);
    var id = replayGroup(", 'ramp': false");
    var late = letters.dead(group);
    await().until(() -> letters.inState(group, "REPLAYING") == 2);

    letters.concludeAll(group, true);

    awaitState(id, "DONE");
    assertThat(letters.state(late)).isEqualTo("OPEN");
  }

  @Test
  void saysWhyItSkipsWhatItSkips() {
    var open = letters.dead(group);
    var discarded = letters.dead(group);
    api.post("/dead-letters/" + discarded + "/discard", "{\"reason\": \"kept on purpose\"}");
    var taken = letters.dead(group);
    sql.sql("delete from storage_location where deletion_id = :id")
        .param("id", letters.deletionOf(taken))
        .update();
    letters.unreadable(group);
    var resolved = letters.dead(group);
    letters.conclude(resolved, true);

    var dry = replay("'group': '" + group + "'", ", 'dry_run': true");

    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.json().path("accepted").asInt()).isEqualTo(1);
    assertThat(dry.json().path("bytes").asInt()).isEqualTo(200);
    assertThat(dry.json().path("oldest").isString()).isTrue();
    assertThat(dry.json().path("skipped").toString())
        .isEqualTo(
            "{\"already_replaying\":0,\"resolved\":1,\"discarded\":1,\"protected\":1,\"unreadable\":1}");
    assertThat(letters.state(open)).isEqualTo("OPEN");
    assertThat(records.count("replay_item where dead_letter_id = '" + open + "'")).isZero();
  }

  @Test
  void answersTheSameKeyAlike() throws Exception {
    letters.dead(group);

    var answers = AtOnce.all(4, n -> replayOnce(group, "'group': '" + group + "'"));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers.stream().map(answer -> answer.json().toString()).distinct()).hasSize(1);
    assertThat(answers.getFirst().json().path("accepted").asInt()).isEqualTo(1);
    assertThat(replayOnce(group, "'all': true").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'reason': 'fixed', 'ramp': true, 'dry_run': false | 202",
        "'reason': 'fixed', 'rate_per_second': 5 | 409",
        "'reason': 'fixed', 'ramp': false | 409",
        "'reason': 'another' | 409"
      })
  void takesAKeyForAllThatWasAsked(String more, int status) {
    letters.dead(group);
    var first = replayOnce(group, "'group': '" + group + "'");

    var again = postOnce(group, json("{'selector': {'group': '%s'}, %s}", group, more));

    assertThat(again.status()).isEqualTo(status);
    assertThat(again.json().path("id").equals(first.json().path("id"))).isEqualTo(status == 202);
    assertThat(records.count("replay where idempotency_key = '" + group + "'")).isOne();
  }

  @Test
  void leavesEachUserKeysOfHisOwn() {
    letters.dead(group);
    var selector = "'group': '" + group + "'";
    var first = replayOnce(group, selector).json().path("id").asString();
    sql.sql("update replay set actor = 'bob' where id = :id")
        .param("id", UUID.fromString(first))
        .update();

    var own = replayOnce(group, selector);

    assertThat(own.status()).isEqualTo(202);
    assertThat(own.json().path("id").asString()).isNotEqualTo(first);
    assertThat(own.json().path("skipped").path("already_replaying").asInt()).isOne();
    assertThat(replayOnce(group, selector).json()).isEqualTo(own.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'reason': 'x'}",
        "{'selector': {}, 'reason': 'x'}",
        "{'selector': {'all': false}, 'reason': 'x'}",
        "{'selector': {'all': true, 'group': 'g'}, 'reason': 'x'}",
        "{'selector': {'ids': []}, 'reason': 'x'}",
        "{'selector': {'ids': ['x']}, 'reason': 'x'}",
        "{'selector': {'filter': {'state': 'ODD'}}, 'reason': 'x'}",
        "{'selector': {'filter': {'odd': 'x'}}, 'reason': 'x'}",
        "{'selector': {'group': 'g'}}",
        "{'selector': {'group': 'g'}, 'reason': ' '}",
        "{'selector': {'group': 'g'}, 'reason': 'x', 'rate_per_second': 0}",
        "{'selector': {'group': 'g'}, 'reason': 'x', 'rate_per_second': -1}",
        "{'selector': {'group': 'g'}, 'reason': 'x', 'ramp': 'yes'}",
        "{'selector': {'group': 'g'}, 'reason': 'x', 'odd': 1}"
      })
  void refusesWhatMakesNoSense(String body) {
    var before = records.count("replay");

    assertThat(api.post("/replays", json(body)).status()).isEqualTo(400);

    assertThat(records.count("replay")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"999,200", "1000,400"})
  void takesSoManyAtOnceByTheirIds(int count, int status) {
    var ids =
        Stream.generate(() -> "'" + letters.unreadable(group) + "'")
            .limit(count)
            .collect(joining(","));

    var answer = replay("'ids': [" + ids + "]", ", 'dry_run': true");

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  @Test
  void tellsWhatIsUnknown() {
    assertThat(replay("'ids': ['%s']".formatted(UUID.randomUUID()), "").status()).isEqualTo(404);
    assertThat(api.get("/replays/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.post("/replays/" + UUID.randomUUID() + "/abort", "").status()).isEqualTo(404);
    assertThat(api.get("/replays/x").status()).isEqualTo(400);
  }

  @Test
  void isForOperatorsOnly() {
    var body = json("{'selector': {'all': true}, 'reason': 'x'}");
    for (var user : List.of("victor", "edith")) {
      assertThat(api.as(user).post("/replays", body).status()).isIn(401, 403);
    }
    assertThat(api.as("victor").get("/replays").status()).isEqualTo(200);
  }

  @Test
  void tellsFollowersOfEachStepAndTheEnd() throws Exception {
    letters.dead(group);
    var id = replayGroup("");
    try (var events = api.stream("/replays/" + id + "/events").body()) {
      await().until(() -> letters.inState(group, "REPLAYING") == 1);
      var lines = new BufferedReader(new InputStreamReader(events, UTF_8));
      assertThat(IntStream.range(0, 10).anyMatch(_ -> read(lines).equals("event:progress")))
          .isTrue();
      letters.concludeAll(group, true);
      assertThat(lines.lines()).contains("event:finished");
    }
  }

  private static String read(BufferedReader lines) {
    try {
      return String.valueOf(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tellsAFollowerWhoComesBackOnlyWhatIsNewer() throws Exception {
    letters.dead(group);
    var id = replayGroup("");
    await().until(() -> letters.inState(group, "REPLAYING") == 1);
    var events = "/replays/" + id + "/events";
    var seen = firstId(events);

    List<String> newer;
    try (var resumed = api.stream(events, "Last-Event-ID", seen).body()) {
      watch.runOnce(); // that there is nothing new
      letters.concludeAll(group, true);
      newer = ids(new String(resumed.readAllBytes(), UTF_8));
    }

    assertThat(newer).isNotEmpty().doesNotContain(seen).doesNotHaveDuplicates();
    var late = api.get(events, "Last-Event-ID", seen);
    assertThat(late.text()).contains("event:finished").doesNotContain("event:progress");
    assertThat(ids(late.text())).containsExactly(newer.getLast());
    assertThat(api.get(events, "Last-Event-ID", newer.getLast()).status()).isEqualTo(204);
  }

  private String firstId(String events) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(api.stream(events).body(), UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("id:"))
          .findFirst()
          .orElseThrow()
          .substring("id:".length());
    }
  }

  private static List<String> ids(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("id:"))
        .map(line -> line.substring("id:".length()))
        .toList();
  }
}
