package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DeletionEventsTest extends GatewayTestBase {

  @Test
  void tellsProgressAndTheEnd() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    var events = follow(id);
    await().until(() -> names(events).contains("progress"));

    records.work(id, "RUNNING");
    await().until(() -> events.stream().anyMatch(e -> e.data().contains("\"purged\":2")));
    records.work(id, "DONE");

    await().until(() -> names(events).contains("finished"));
    assertThat(names(events)).endsWith("finished").filteredOn("finished"::equals).hasSize(1);
    assertThat(events.getLast().data())
        .contains("\"state\":\"PURGED\"")
        .contains("\"already_absent\":0")
        .doesNotContain("at_work");
    assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void tellsOfAJobHowItsPartsGetOn() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    records.dataset(Records.name("d"), job);
    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");
    var parts = answer.json().path("deletions");
    var first = UUID.fromString(parts.get(0).asString());
    var second = UUID.fromString(parts.get(1).asString());
    var events = follow(answer.deletion());

    records.work(first, "DONE");
    await().until(() -> events.stream().anyMatch(e -> e.data().contains("\"purged\":2,")));
    records.work(second, "RUNNING");
    await().until(() -> events.stream().anyMatch(e -> e.data().contains("\"purged\":4,")));
    assertThat(names(events)).as("while a part is under way").containsOnly("progress");
    records.work(second, "DONE");

    await().until(() -> names(events).contains("finished"));
    assertThat(events.getLast().data())
        .contains("\"state\":\"PURGED\"")
        .contains("\"purged\":4,")
        .contains("\"purged\":400,");
  }

  /** A part that is dead is not the end of the others. */
  @Test
  void goesOnWhileAnotherPartIsUnderWay() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    records.dataset(Records.name("d"), job);
    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");
    var parts = answer.json().path("deletions");
    var events = follow(answer.deletion());

    records.work(UUID.fromString(parts.get(0).asString()), "DEAD");
    await().until(() -> events.stream().anyMatch(e -> e.data().contains("\"state\":\"DEAD\"")));
    assertThat(names(events)).containsOnly("progress");
    records.work(UUID.fromString(parts.get(1).asString()), "DONE");

    await().until(() -> names(events).contains("finished"));
    assertThat(events.getLast().data()).contains("\"state\":\"DEAD\"").contains("\"purged\":4,");
  }

  @Test
  void tellsProgressAtMostTwiceASecond() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    var started = System.nanoTime();
    var events = follow(id);
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          sql.sql(
                  "update purge_task set state = 'RUNNING', objects_purged = objects_purged + 1 where deletion_id = :id")
              .param("id", id)
              .update();
          return events.size() >= 4;
        });

    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_400));
    records.work(id, "DONE");
    await().until(() -> names(events).contains("finished"));
  }

  @Test
  void resumesWithWhatIsNewer() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    var first = follow(id);
    await().until(() -> !first.isEmpty());
    var lastId = first.getFirst().id();

    var resumed = follow(id, "Last-Event-ID", lastId);
    records.work(id, "DONE");

    await().until(() -> names(resumed).contains("finished"));
    assertThat(resumed).extracting(Event::id).doesNotContain(lastId);
  }

  @Test
  void tellsTheEndToWhoMissedIt() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    var first = follow(id);
    await().until(() -> !first.isEmpty());
    records.work(id, "DONE");
    await().until(() -> names(first).contains("finished"));

    var late = follow(id, "Last-Event-ID", first.getFirst().id());
    await().until(() -> !late.isEmpty());

    assertThat(names(late)).containsExactly("finished");
    assertThat(
            api.get("/deletions/" + id + "/events", "Last-Event-ID", late.getLast().id()).status())
        .isEqualTo(204);
  }

  @Test
  void tellsWhatIsUnknown() {
    var answer =
        api.get("/deletions/" + UUID.randomUUID() + "/events", "Accept", "text/event-stream");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  private List<Event> follow(UUID id, String... headers) {
    var response = api.stream("/deletions/" + id + "/events", headers);
    assertThat(response.statusCode()).isEqualTo(200);
    var events = new CopyOnWriteArrayList<Event>();
    Thread.startVirtualThread(() -> {
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        var event = new Event("", "", "");
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isEmpty() && !event.name().isEmpty()) {
            events.add(event);
            event = new Event("", "", "");
          } else {
            event = event.with(line);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return events;
  }

  private static List<String> names(List<Event> events) {
    return events.stream().map(Event::name).toList();
  }

  private record Event(String id, String name, String data) {

    Event with(String line) {
      var value = line.substring(line.indexOf(':') + 1);
      return switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
        case "id" -> new Event(value, name, data);
        case "event" -> new Event(id, value, data);
        case "data" -> new Event(id, name, data + value);
        default -> this;
      };
    }
  }
}
