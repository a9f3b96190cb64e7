package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.cli.Figures.Outbox;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is read out of what a gateway answers. */
class StatusTest {

  @AutoClose private final FakeGateway gateway = new FakeGateway();

  @Test
  void namesTheOldestOfAllThatIsNotPurged() {
    gateway.answers("state=PURGING", page(deletion("a", "2026-11-21T10:00:00Z")));
    gateway.answers("state=DEAD", page(deletion("b", "2026-11-21T09:00:00Z")));

    var status = read();

    assertThat(status.oldest()).map(oldest -> Readable.text(oldest, "id")).contains("b");
    assertThat(status.oldestSince()).contains(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(status.figures()).as("no such page").isNull();
  }

  @Test
  void leavesOutWhatIsLeftAside() {
    gateway.answers("state=PURGING", page(deletion("young", "2026-11-21T11:00:00Z")));
    gateway.answers(
        "state=DEAD",
        page(
            deletion("late", "2026-11-21T10:00:00.123456Z")
                + ", "
                + deletion("snoozed", "2026-11-21T09:00:00Z")));

    gateway.answers("/metrics", figures("1.795255200123456E9"));
    assertThat(read().oldest()).map(oldest -> Readable.text(oldest, "id")).contains("late");

    gateway.answers("/metrics", figures("0.0"));
    assertThat(read().oldest()).map(oldest -> Readable.text(oldest, "id")).contains("young");
  }

  @Test
  void knowsThatNothingWaitsWhereMoreAreLeftAsideThanItReads() {
    gateway.answers("state=DEAD", endless(deletion("snoozed", "2026-11-21T09:00:00Z")));
    assertThat(read().isOldestShown()).isFalse();

    gateway.answers("/metrics", figures("0.0"));
    var status = read();

    assertThat(status.isOldestShown()).isTrue();
    assertThat(status.oldestSince()).isEmpty();
  }

  @Test
  void takesTheAgeFromTheFiguresWhereThereAreTooManyToRead() {
    gateway.answers("state=PURGING", endless(deletion("a", "2026-11-21T10:00:00Z")));
    gateway.answers(
        "/metrics",
        """
        purgeline_oldest_pending_timestamp_seconds{kind="job"} 1.7637E9
        purgeline_outbox_rows 7.0
        purgeline_tasks{kind="job",state="PENDING"} 4.0
        purgeline_tasks{kind="dataset",state="DEAD"} 1000000.0
        """);

    var status = read();

    assertThat(status.more()).isTrue();
    assertThat(status.oldest()).isEmpty();
    assertThat(status.oldestSince()).contains(Instant.ofEpochSecond(1_763_700_000));
    assertThat(status.figures())
        .isEqualTo(
            new Figures(
                Optional.of(Instant.ofEpochSecond(1_763_700_000)),
                new Outbox(7, Optional.empty()),
                1_000_004,
                1_000_000,
                0));
  }

  @Test
  void asksAsOftenForAMillionAsForNone() {
    read();
    var asked = gateway.asked().size();
    for (var list : new String[] {"/deletions?", "/replays?", "/stores?", "/dead-letters"}) {
      gateway.answers(list, endless(deletion("a", "2026-11-21T10:00:00Z")));
    }

    read();

    assertThat(asked).isEqualTo(8);
    assertThat(gateway.asked()).hasSize(2 * asked);
  }

  @Test
  void countsThoseThatAreLeftAsideNow() {
    gateway.answers("/dead-letters/groups", page("{\"group\": \"g\", \"count\": 3, \"bytes\": 1}"));
    gateway.answers(
        "/metrics",
        """
        purgeline_outbox_rows 0.0
        purgeline_dead_letters{class="ITEM",state="OPEN"} 1.0
        purgeline_dead_letters{class="ITEM",state="SNOOZED"} 1.0
        purgeline_dead_letters{class="BUG",state="SNOOZED"} 1.0
        """);

    var status = read();

    assertThat(status.open()).isEqualTo(3);
    assertThat(status.snoozed()).isEqualTo(2);
  }

  private static String deletion(String id, String requestedAt) {
    return "{\"id\": \"%s\", \"requested_at\": \"%s\", \"tasks\": []}".formatted(id, requestedAt);
  }

  private static String figures(String oldestPending) {
    return """
    purgeline_oldest_pending_timestamp_seconds{kind="job"} %s
    purgeline_outbox_rows 0.0
    """
        .formatted(oldestPending);
  }

  private static String page(String items) {
    return "{\"items\": [" + items + "]}";
  }

  private static String endless(String item) {
    var many = String.join(", ", Collections.nCopies(1_000, item));
    return "{\"items\": [" + many + "], \"next_cursor\": \"more\"}";
  }

  private Status read() {
    try (var api = new Api(gateway.address(), "alice", "secret")) {
      return Status.read(api);
    }
  }
}
