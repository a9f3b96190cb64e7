package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.cli.Figures.Outbox;
import io.purgeline.cli.Status.Deletions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConcernsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final JsonNode GROUP = json("{'group': 'a', 'count': 3, 'bytes': 10}");
  private static final JsonNode THAWED = json("{'frozen': false}");

  private static final Outbox NO_MESSAGES = new Outbox(0, Optional.empty());
  private static final Deletions NONE = new Deletions(List.of(), false);

  @Test
  void findsNothingWhereAllIsWell() {
    var young = new Outbox(5, Optional.of(NOW.minusSeconds(60)));

    assertThat(Concerns.of(status(young, 0, THAWED), NOW)).isEmpty();
    assertThat(Concerns.of(status(null, THAWED, List.of()), NOW)).isEmpty();
  }

  @Test
  void tellsOfMessagesThatDoNotGoOut() {
    var old = new Outbox(5, Optional.of(NOW.minusSeconds(61)));

    assertThat(Concerns.of(status(old, 0, THAWED), NOW))
        .containsExactly("Messages wait in the outbox for 1m 1s: broker or relay");
  }

  @Test
  void tellsOfDeadLettersThatNobodyHasLeftAside() {
    assertThat(Concerns.of(status(NO_MESSAGES, 1, THAWED, GROUP), NOW))
        .containsExactly("2 dead letters to be looked at: ./purgeline ctl dead-letters groups");
    assertThat(Concerns.of(status(NO_MESSAGES, 3, THAWED, GROUP), NOW)).isEmpty();
    assertThat(Concerns.of(status(NO_MESSAGES, 0, THAWED, GROUP), NOW))
        .as("the snooze is over")
        .containsExactly("3 dead letters to be looked at: ./purgeline ctl dead-letters groups");
  }

  @Test
  void tellsOfAFreezeAndOfStoresFirst() {
    var freeze =
        json("{'frozen': true, 'since': '2026-11-21T11:00:00Z', 'actor': 'bob', 'reason': 'why'}");

    var concerns = Concerns.of(status(NO_MESSAGES, 0, freeze, GROUP), NOW);

    assertThat(concerns.getFirst())
        .isEqualTo("Purging is frozen since 2026-11-21T11:00:00Z by bob: why");
    assertThat(concerns).hasSize(2);
  }

  @Test
  void tellsOfStoresThatChangedOrAreAway() {
    var away = "{'worker': 'w', 'since': '2026-11-21T11:00:00Z', 'problem': 'connection refused'}";
    var status =
        status(
            null,
            THAWED,
            List.of(
                json("{'place': 'dir://a', 'problem': 'another', 'out_of_reach': []}"),
                json("{'place': 'dir://b', 'problem': null, 'out_of_reach': []}"),
                json("{'place': 's3://main/c', 'out_of_reach': [" + away + "]}")));

    assertThat(Concerns.of(status, NOW))
        .containsExactly(
            "Nothing is purged in dir://a: another",
            "s3://main is out of reach of w (since 2026-11-21T11:00:00Z): connection refused");
  }

  private static Status status(Outbox outbox, long snoozed, JsonNode freeze, JsonNode... groups) {
    var figures = new Figures(Optional.empty(), outbox, 0, 0, snoozed);
    return new Status(NONE, NONE, figures, List.of(groups), List.of(), freeze, List.of());
  }

  private static Status status(@Nullable Figures figures, JsonNode freeze, List<JsonNode> stores) {
    return new Status(NONE, NONE, figures, List.of(), List.of(), freeze, stores);
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
