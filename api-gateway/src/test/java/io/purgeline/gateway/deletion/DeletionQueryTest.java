package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DeletionQueryTest extends GatewayTestBase {

  @Test
  void showsADeletionWithItsTasks() {
    var dataset = records.dataset();
    var id = api.delete("/datasets/" + dataset + "?reason=why").deletion();
    sql.sql(
            """
            update purge_task set state = 'WAITING', attempts = 2, last_error_class = 'ITEM',
              last_error_message = 'AccessDenied', last_error_at = now(), next_attempt_at = now(),
              objects_planned = 5, objects_purged = 3, objects_failed = 1, bytes_planned = 500
            where deletion_id = :id
            """)
        .param("id", id)
        .update();

    var deletion = api.get("/deletions/" + id).json();

    assertThat(deletion.propertyNames())
        .contains(
            "id",
            "resource",
            "state",
            "actor",
            "reason",
            "requested_at",
            "purge_after",
            "finished_at",
            "parent_id",
            "objects",
            "bytes",
            "verified",
            "tasks");
    assertThat(deletion.path("resource").propertyNames())
        .containsExactlyInAnyOrder("kind", "id", "name", "type");
    assertThat(deletion.path("resource").path("type").asString()).isEqualTo("iq_raw");
    assertThat(deletion.path("requested_at").asString()).endsWith("Z");
    assertThat(deletion.path("finished_at").isNull()).isTrue();
    var objects = deletion.path("objects");
    assertThat(objects.propertyNames())
        .containsExactlyInAnyOrder("planned", "purged", "already_absent", "retained", "failed");
    assertThat(objects.path("purged").asInt()).isEqualTo(3);
    var task = deletion.path("tasks").get(0);
    assertThat(task.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "location",
            "state",
            "generation",
            "attempts",
            "next_attempt_at",
            "last_error",
            "objects",
            "bytes");
    assertThat(task.path("last_error").path("class").asString()).isEqualTo("ITEM");
    assertThat(task.path("last_error").propertyNames())
        .containsExactlyInAnyOrder("class", "message", "at");
  }

  @ParameterizedTest
  @CsvSource({
    "DONE,true,PURGED,true,true", "DONE,false,PURGED,true,false", "DONE,,PURGED,true,",
    "RETAINED,true,RETAINED,true,true", "RUNNING,,PURGING,false,", "DEAD,,DEAD,false,",
    "DISCARDED,,INCOMPLETE,false,"
  })
  void saysWhatWasVerified(
      String task, Boolean taskUploads, String state, boolean objects, Boolean uploads) {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    sql.sql("update purge_task set uploads_verified = cast(:v as boolean) where deletion_id = :id")
        .param("v", taskUploads)
        .param("id", id)
        .update();
    records.work(id, task);

    var deletion = api.get("/deletions/" + id).json();

    assertThat(deletion.path("state").asString()).isEqualTo(state);
    assertThat(deletion.path("verified").path("objects").asBoolean()).isEqualTo(objects);
    var shown = deletion.path("verified").path("uploads");
    assertThat(shown.isNull() ? null : shown.asBoolean()).isEqualTo(uploads);
  }

  @Test
  void listsTheLatestFirstAndByFilter() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    records.dataset(Records.name("d"), job);
    var own = api.delete("/jobs/" + job + "?delete_dataset=true");
    var child = own.json().path("deletions").get(0).asString();
    var resource = api.get("/deletions/" + child).json().path("resource").path("id").asString();

    var byResource = api.get("/deletions?resource_id=" + resource).json().path("items");
    var jobs = api.get("/deletions?kind=job&state=PURGING&limit=1").json();

    assertThat(byResource.size()).isOne();
    assertThat(byResource.get(0).path("id").asString()).isEqualTo(child);
    assertThat(byResource.get(0).path("parent_id").asString()).isEqualTo(own.deletion().toString());
    assertThat(jobs.path("items").get(0).path("id").asString())
        .isEqualTo(own.deletion().toString());
  }

  @Test
  void findsAnIdHoweverItIsWritten() {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();

    assertThat(listedOf(dataset.toString())).containsExactly(deletion.toString());
    assertThat(listedOf(dataset.toString().toUpperCase(Locale.ROOT)))
        .containsExactly(deletion.toString());
  }

  /** The letters of a training's id are its own. */
  @Test
  void findsATrainingByItsIdAsItIs() {
    var training = "train_ABCDEF12";
    var body = "{\"id\": \"%s\", \"name\": \"t\", \"status\": \"completed\"}";
    assertThat(api.post("/trainings", body.formatted(training)).status()).isEqualTo(201);
    var deletion = api.delete("/trainings/" + training).deletion();

    assertThat(listedOf(training)).containsExactly(deletion.toString());
    assertThat(listedOf("train_abcdef12")).isEmpty();
  }

  private List<String> listedOf(String resource) {
    var items = api.get("/deletions?resource_id=" + resource).json().path("items");
    return items.valueStream().map(item -> item.path("id").asString()).toList();
  }

  @Test
  void listsThoseSinceATime() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    var requested =
        Instant.parse(api.get("/deletions/" + id).json().path("requested_at").asString());

    assertThat(listedSince(requested.minusMillis(1))).contains(id.toString());
    assertThat(listedSince(requested)).contains(id.toString());
    assertThat(listedSince(requested.plusMillis(1))).doesNotContain(id.toString());
  }

  private List<String> listedSince(Instant time) {
    var items = api.get("/deletions?limit=1000&since=" + time).json().path("items");
    return items.valueStream().map(item -> item.path("id").asString()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "DONE,PURGED,DEAD",
    "DEAD,DEAD,PURGED",
    "RETAINED,RETAINED,INCOMPLETE",
    "DISCARDED,INCOMPLETE,RETAINED"
  })
  void listsThoseOfAState(String task, String state, String otherState) {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    records.work(id, task);

    var own = api.get("/deletions?state=" + state + "&limit=1000").json().path("items");
    var others = api.get("/deletions?state=" + otherState + "&limit=1000").json().path("items");

    assertThat(own.valueStream().map(item -> item.path("id").asString())).contains(id.toString());
    assertThat(own.valueStream().map(item -> item.path("state").asString())).containsOnly(state);
    assertThat(others.valueStream().map(item -> item.path("id").asString()))
        .doesNotContain(id.toString());
  }

  @Test
  void pagesThroughAllOfThem() {
    for (int i = 0; i < 5; i++) {
      api.delete("/datasets/" + records.dataset());
    }
    var seen = new ArrayList<String>();
    String cursor = "";
    do {
      var page = api.get("/deletions?kind=dataset&limit=2" + cursor).json();
      page.path("items").forEach(item -> seen.add(item.path("id").asString()));
      assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
      cursor =
          page.path("next_cursor").isNull()
              ? null
              : "&cursor=" + page.path("next_cursor").asString();
    } while (cursor != null);

    assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat((long) seen.size())
        .isEqualTo(records.count("deletion where resource_kind = 'dataset'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?state=GONE",
        "?kind=model",
        "?since=yesterday",
        "?since=%2B999999999-01-01T00:00:00Z",
        "?limit=0",
        "?limit=1001",
        "?limit=x",
        "?cursor=x",
        "?cursor=AAAA",
        "?resource_id=%00"
      })
  void refusesFiltersThatMakeNoSense(String query) {
    assertThat(api.get("/deletions" + query).status()).isEqualTo(400);
  }

  @Test
  void tellsWhatIsUnknown() {
    assertThat(api.get("/deletions/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get("/deletions/" + UUID.randomUUID() + "/failures").status()).isEqualTo(404);
    assertThat(api.get("/deletions/x").status()).isEqualTo(400);
  }

  @Test
  void listsEveryFailureWithTheStoresCode() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    fail(id, 5);

    var seen = failures(id);

    assertThat(seen)
        .extracting(failure -> failure.path("what").asString())
        .containsExactly("key 1\n", "key 2\n", "key 3\n", "key 4\n", "key 5\n");
    assertThat(seen.getFirst().path("code").asString()).isEqualTo("AccessDenied");
  }

  @Test
  void listsTheFailuresOfAJobsPartsWithIt() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    records.dataset(Records.name("d"), job);
    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");
    var parts =
        answer.json().path("deletions").valueStream().map(id -> UUID.fromString(id.asString()));
    var tasks = new ArrayList<String>();
    parts.forEach(part -> {
      fail(part, 3);
      tasks.add(api.get("/deletions/" + part).json().at("/tasks/0/id").asString());
    });
    fail(api.delete("/datasets/" + records.dataset()).deletion(), 3);

    var seen = failures(answer.deletion());

    assertThat(tasks).hasSize(2);
    assertThat(seen)
        .extracting(
            failure -> failure.path("task_id").asString() + " " + failure.path("what").asString())
        .containsExactlyInAnyOrderElementsOf(
            tasks.stream()
                .flatMap(
                    task -> Stream.of("key 1\n", "key 2\n", "key 3\n").map(key -> task + " " + key))
                .toList());
  }

  /** So many keys of each of its tasks. */
  private void fail(UUID deletion, int keys) {
    sql.sql(
            """
            insert into purge_failure (task_id, what, code, message, bytes)
            select t.id, 'key ' || n || E'\\n', 'AccessDenied', 'no', n from purge_task t, generate_series(1, :keys) n
            where t.deletion_id = :id
            """)
        .param("id", deletion)
        .param("keys", keys)
        .update();
  }

  private List<JsonNode> failures(UUID deletion) {
    var seen = new ArrayList<JsonNode>();
    String cursor = "";
    do {
      var page = api.get("/deletions/" + deletion + "/failures?limit=2" + cursor).json();
      page.path("items").forEach(seen::add);
      cursor =
          page.path("next_cursor").isNull()
              ? null
              : "&cursor=" + page.path("next_cursor").asString();
    } while (cursor != null);
    return seen;
  }
}
