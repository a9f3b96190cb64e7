package io.purgeline.gateway.deadletter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** Tests of dead letters and replays; each has a group that no other knows. */
abstract class OnLetters extends GatewayTestBase {

  Letters letters;
  String group;

  @BeforeEach
  void begin() {
    letters = new Letters(api, records, sql, transactions, progress);
    group = Records.name("group");
  }

  Answer replay(String selector, String more) {
    return api.post(
        "/replays", json("{'selector': {" + selector + "}, 'reason': 'fixed'" + more + "}"));
  }

  /** With an {@code Idempotency-Key}. */
  Answer replayOnce(String key, String selector) {
    return postOnce(key, json("{'selector': {" + selector + "}, 'reason': 'fixed'}"));
  }

  Answer postOnce(String key, String body) {
    return api.send(
        "POST", "/replays", body, "Content-Type", "application/json", "Idempotency-Key", key);
  }

  String replayGroup(String more) {
    return replay("'group': '" + group + "'", more).json().path("id").asString();
  }

  void awaitState(String replay, String state) {
    await()
        .until(() -> api.get("/replays/" + replay).json().path("state").asString().equals(state));
  }

  void awaitCounts(String replay, Integer... counts) {
    await()
        .untilAsserted(
            () -> assertThat(counts(api.get("/replays/" + replay).json())).containsExactly(counts));
  }

  void abort(String replay) {
    assertThat(api.post("/replays/" + replay + "/abort", "").status()).isEqualTo(200);
  }

  /** What the auditor was told of it, the latest first. */
  List<String> audited(Object resource) {
    return api.get("/audit?resource_id=" + resource)
        .json()
        .path("items")
        .valueStream()
        .map(OnLetters::entry)
        .toList();
  }

  private static String entry(JsonNode entry) {
    return List.of("actor", "act", "resource_kind", "reason", "outcome").stream()
        .map(name -> entry.path(name).asString(""))
        .collect(joining(" | "));
  }

  void outage(String place, String problem) {
    sql.sql(
            """
            insert into store_outage (queue, worker, place, problem)
            values ('purgeline.objects.main', 'w1', :place, :problem)
            """)
        .param("place", place)
        .param("problem", problem)
        .update();
  }

  @AfterEach
  void endOutages() {
    sql.sql("delete from store_outage").update();
  }

  /** One that went on would write rows that later tests count. */
  @AfterEach
  void endReplays() {
    for (var state : List.of("RUNNING", "PAUSED")) {
      api.get("/replays?limit=1000&state=" + state)
          .json()
          .path("items")
          .findValuesAsString("id")
          .forEach(id -> api.post("/replays/" + id + "/abort", "")); // if it has not ended since
    }
  }

  /** Of total, replayed, resolved, failed again, remaining. */
  static List<Integer> counts(JsonNode replay) {
    return List.of("total", "replayed", "resolved", "failed_again", "remaining").stream()
        .map(name -> replay.path(name).asInt())
        .toList();
  }

  static String json(String text, Object... values) {
    return text.formatted(values).replace('\'', '"');
  }
}
