package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What cannot be purged is told with its cause, and purged once that is repaired. */
class DeadLetterReplayTest extends OnDeadLetters {

  @AfterEach
  void nothingIsImmutable() throws Exception {
    Immutable.end(installation().trainings);
  }

  @Test
  void tellsAndReplaysWhatTheStoreDenied() {
    var dataset = dataset(30);
    installation().deny(prefix(dataset));
    var location = delete(dataset);
    var letter = awaitLetter(location);

    assertThat(letter.path("class").stringValue()).isEqualTo("ITEM");
    assertThat(letter.path("bytes").intValue()).isEqualTo(30 * OBJECT_SIZE);
    assertThat(letter.path("failed").valueStream())
        .isNotEmpty()
        .allMatch(failed -> failed.path("code").stringValue().equals("AccessDenied"))
        .allMatch(failed -> failed.path("what").stringValue().startsWith(prefix(dataset)));
    var group = groupOf(letter);
    assertThat(group.path("title").stringValue()).contains("AccessDenied");
    assertThat(group.path("count").intValue()).isEqualTo(1);
    assertThat(group.path("kinds").toString()).isEqualTo("[\"dataset\"]");
    assertThat(contents(dataset)).hasSize(30);

    installation().denyNothing();
    var id = letter.path("id").stringValue();
    var replay = replay(Map.of("ids", List.of(id)), Map.of());

    assertThat(counts(awaitReplay(replay, "DONE"))).containsExactly(1, 1, 1, 0, 0);
    awaitPurged(location, 30);
    assertThat(contents(dataset)).isEmpty();
    var resolved = api().get("/api/v1/dead-letters/" + id).body();
    assertThat(resolved.path("state").stringValue()).isEqualTo("RESOLVED");
    assertThat(resolved.path("replays").intValue()).isEqualTo(1);
    assertThat(resolved.path("history").size()).isEqualTo(3);
  }

  @Test
  void addsOneAttemptToItsHistoryWhereTheCauseIsStillThere() {
    var dataset = dataset(3);
    installation().deny(prefix(dataset));
    var location = delete(dataset);
    var letter = awaitLetter(location);
    var id = letter.path("id").stringValue();
    var before = letterOf(id);
    assertThat(before.path("attempts").intValue()).isEqualTo(3);

    var replay = replay(Map.of("ids", List.of(id)), Map.of());

    await().atMost(LONG).until(() -> replayOf(replay).path("failed_again").intValue() == 1);
    var again = letterOf(id);
    assertThat(again.path("state").stringValue()).isEqualTo("OPEN");
    assertThat(again.path("group")).isEqualTo(before.path("group"));
    assertThat(again.path("replays").intValue()).isEqualTo(1);
    assertThat(again.path("attempts").intValue()).as("dead at once").isEqualTo(1);
    assertThat(again.path("history").valueStream().limit(3).toList())
        .isEqualTo(before.path("history").valueStream().toList());
    assertThat(again.path("history").size()).isEqualTo(4);
    assertThat(contents(dataset)).hasSize(3);

    installation().denyNothing();
    awaitReplay(replay(Map.of("ids", List.of(id)), Map.of()), "DONE");
    awaitPurged(location, 3);
  }

  private JsonNode letterOf(String id) {
    return api().get("/api/v1/dead-letters/" + id).body();
  }

  @Test
  void tellsAndReplaysWhatAnImmutableFileHeld() throws Exception {
    var id = "train_" + UUID.randomUUID().toString().substring(0, 8);
    var directory = installation().trainings.resolve(id);
    neighbours().settleBeside(directory);
    Files.createDirectories(directory.resolve("checkpoints"));
    Files.writeString(directory.resolve("checkpoints/step-1.pt"), "weights");
    var stuck = Files.writeString(directory.resolve("checkpoints/step-2.pt"), "more weights");
    Immutable.make(stuck);
    post("/api/v1/trainings", Map.of("id", id, "name", id, "status", "completed"), 201);

    var location = api().delete("/api/v1/trainings/" + id).location();
    var letter = awaitLetter(location);

    assertThat(letter.path("class").stringValue()).isEqualTo("ITEM");
    assertThat(letter.path("bytes").intValue()).isEqualTo("more weights".length());
    var failed = letter.path("failed").get(0);
    assertThat(failed.path("what").stringValue()).endsWith("checkpoints/step-2.pt");
    assertThat(failed.path("code").stringValue()).isEqualTo("EPERM");

    Immutable.end(installation().trainings);
    var replay = replay(Map.of("group", letter.path("group").stringValue()), Map.of());

    assertThat(counts(awaitReplay(replay, "DONE"))).containsExactly(1, 1, 1, 0, 0);
    awaitPurged(location, 2);
    assertThat(directory).doesNotExist();
    assertThat(trash()).isEmpty();
  }

  private List<Path> trash() throws IOException {
    try (var entries = Files.list(installation().trainings.resolve(".purgeline-trash"))) {
      return entries.toList();
    }
  }

  private JsonNode awaitLetter(String location) {
    await().atMost(LONG).until(() -> isFinished(location));
    assertThat(api().get(location).body().path("state").stringValue()).isEqualTo("DEAD");
    var letters =
        api().get("/api/v1/dead-letters?deletion_id=" + idIn(location)).body().path("items");
    assertThat(letters.size()).isEqualTo(1);
    return letters.get(0);
  }

  private JsonNode groupOf(JsonNode letter) {
    var groups = api().get("/api/v1/dead-letters/groups").body().path("items");
    return StreamSupport.stream(groups.spliterator(), false)
        .filter(group -> group.path("group").equals(letter.path("group")))
        .findFirst()
        .orElseThrow();
  }
}
