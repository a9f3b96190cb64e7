package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.cli.Status.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConcernsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final JsonNode GROUP = json("{'group': 'a', 'count': 3, 'bytes': 10}");
  private static final JsonNode THAWED = json("{'frozen': false}");

  @Test
  void findsNothingWhereAllIsWell() {
    var young = new Outbox(5, Optional.of(NOW.minusSeconds(60)));

    assertThat(Concerns.of(status(young, 0, THAWED), NOW)).isEmpty();
    assertThat(Concerns.of(status(null, 0, THAWED), NOW)).isEmpty();
  }

  @Test
  void tellsOfMessagesThatDoNotGoOut() {
    var old = new Outbox(5, Optional.of(NOW.minusSeconds(61)));

    assertThat(Concerns.of(status(old, 0, THAWED), NOW))
        .containsExactly("Messages wait in the outbox for 1m 1s: broker or relay");
  }

  @Test
  void tellsOfDeadLettersThatNobodyHasLeftAside() {
    assertThat(Concerns.of(status(null, 1, THAWED, GROUP), NOW))
        .containsExactly("2 dead letters to be looked at: ./purgeline ctl dead-letters groups");
    assertThat(Concerns.of(status(null, 3, THAWED, GROUP), NOW)).isEmpty();
  }

  @Test
  void tellsOfAFreezeAndOfStoresFirst() {
    var freeze =
        json("{'frozen': true, 'since': '2026-11-21T11:00:00Z', 'actor': 'bob', 'reason': 'why'}");

    var concerns = Concerns.of(status(null, 0, freeze, GROUP), NOW);

    assertThat(concerns.getFirst())
        .isEqualTo("Purging is frozen since 2026-11-21T11:00:00Z by bob: why");
    assertThat(concerns).hasSize(2);
  }

  @Test
  void tellsOfStoresThatChangedOrAreAway() {
    var status =
        new Status(
            List.of(),
            List.of(),
            false,
            Optional.empty(),
            null,
            List.of(),
            0,
            List.of(),
            THAWED,
            List.of(json("{'place': 'dir://a', 'problem': 'another'}"), json("{'place': 'b'}")),
            new TreeMap<>(Map.of("s3://main", "connection refused")));

    assertThat(Concerns.of(status, NOW))
        .containsExactly(
            "Nothing is purged in dir://a: another",
            "Purges wait for s3://main to come back: connection refused");
  }

  private static Status status(
      @Nullable Outbox outbox, long snoozed, JsonNode freeze, JsonNode... groups) {
    return new Status(
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        outbox,
        List.of(groups),
        snoozed,
        List.of(),
        freeze,
        List.of(),
        new TreeMap<>());
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
