package io.purgeline.it.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.it.Immutable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * From what a store or a file system refuses to its repair and replay, on the command line only.
 */
class RepairsCtlTest extends OnGateway {

  @Test
  void replaysWhatTheStoreDenied() throws Exception {
    var dataset = UUID.randomUUID().toString();
    var prefix = "synthetic/" + dataset + "/";
    post(
        "/datasets",
        "{\"id\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"iq_raw\"}".formatted(dataset));
    s3().putMany(bucket(), prefix + "kept/", 3, 100);
    s3().putMany(bucket(), prefix + "denied/", 2, 100);
    neighbours.settleBeside(bucket(), prefix);
    deny(prefix + "denied/");

    var letter = deadLetter("dataset", dataset);

    assertThat(letter.path("class").asString()).isEqualTo("ITEM");
    assertThat(letter.path("bytes").asLong()).isEqualTo(200);
    assertThat(letter.path("failed").size()).isEqualTo(2);
    assertThat(letter.path("failed").valueStream())
        .allMatch(failed -> failed.path("code").asString().equals("AccessDenied"))
        .allMatch(failed -> failed.path("what").asString().startsWith(prefix + "denied/"));
    tells(letter, "AccessDenied", prefix + "denied/");
    allow();
    replays(letter);

    assertThat(s3().contents(bucket(), prefix)).isEmpty();
    purged(letter, 5, 500);
  }

  @Test
  void replaysWhatAnImmutableFileHeld() throws Exception {
    var training = training();
    var checkpoints = Files.createDirectory(directory(training).resolve("checkpoints"));
    Immutable.make(Files.writeString(checkpoints.resolve("step-2.pt"), "more weights"));

    var letter = deadLetter("training", training);

    assertThat(letter.path("class").asString()).isEqualTo("ITEM");
    assertThat(letter.path("bytes").asLong()).isEqualTo("more weights".length());
    assertThat(letter.path("failed").size()).isEqualTo(1);
    assertThat(letter.path("failed").path(0).path("what").asString())
        .endsWith("checkpoints/step-2.pt");
    assertThat(letter.path("failed").path(0).path("code").asString()).isEqualTo("EPERM");
    tells(letter, "EPERM", "checkpoints/step-2.pt");
    Immutable.end(trainings);
    replays(letter);

    assertThat(directory(training)).doesNotExist();
    assertThat(trash()).isEmptyDirectory();
    purged(letter, 2, "weights".length() + "more weights".length());
  }

  /** What an operator reads of it. */
  private void tells(JsonNode letter, String code, String what) throws Exception {
    assertThat(ctl.run("dead-letters", "groups").endsWith(0).out())
        .contains(letter.path("group").asString(), code);
    assertThat(ctl.run("dead-letters", "show", id(letter)).endsWith(0).out())
        .contains("class: ITEM", "code: " + code, what, "state: OPEN");
  }

  private void replays(JsonNode letter) throws Exception {
    var group = letter.path("group").asString();
    var replay =
        ctl.run("dead-letters", "replay", "--group", group, "--reason", "repaired", "--watch");
    assertThat(replay.endsWith(0).out()).contains("DONE, 1 of 1 resolved, 0 failed again\n");
    assertThat(ctl.json("dead-letters", "show", id(letter)).path("state").asString())
        .isEqualTo("RESOLVED");
    assertThat(ctl.run("dead-letters", "groups").endsWith(0).out()).isEqualTo("None.\n");
  }

  private void purged(JsonNode letter, int objects, long bytes) throws Exception {
    var deletion = ctl.json("deletions", "show", letter.path("deletion_id").asString());
    assertThat(deletion.path("state").asString()).isEqualTo("PURGED");
    assertThat(deletion.path("objects").path("purged").asInt()).isEqualTo(objects);
    assertThat(deletion.path("objects").path("already_absent").asInt()).isZero();
    assertThat(deletion.path("bytes").path("purged").asLong()).isEqualTo(bytes);
  }

  private JsonNode deadLetter(String kind, String id) throws Exception {
    assertThat(ctl.run("delete", kind, id, "--watch").endsWith(3).out()).contains("DEAD");
    var letters = ctl.json("dead-letters", "ls", "--kind", kind).path("items");
    assertThat(letters.size()).isEqualTo(1);
    return letters.path(0);
  }

  private Path trash() {
    return trainings.resolve(".purgeline-trash");
  }

  private static String id(JsonNode letter) {
    return letter.path("id").asString();
  }
}
