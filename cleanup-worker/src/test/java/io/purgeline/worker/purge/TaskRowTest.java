package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.ResourceKind;
import io.purgeline.testing.PostgresServer;
import io.purgeline.worker.store.ItemFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a purge writes about itself. */
class TaskRowTest {

  private UUID deletion;
  private Lease lease;
  private JdbcClient jdbc;
  private TaskRow row;

  @BeforeEach
  void begin() {
    jdbc = JdbcClient.create(PostgresServer.shared().newMigratedDatabase().dataSourceInSchema());
    row = new TaskRow(jdbc, Duration.ofSeconds(30));
    var task = RunningTask.insert(jdbc);
    deletion = task.deletion();
    lease = task.lease();
  }

  @Test
  void keepsAPathOfAnyLength() {
    var path = IntStream.range(0, 33).mapToObj(n -> n + "d".repeat(250)).toList();

    row.failures().add(lease, List.of(failure(String.join("/", path), 7)));
    row.failures().add(lease, List.of(failure(String.join("/", path), 8)));

    assertThat(kept()).containsExactly(15L);
  }

  @Test
  void addsUpVersionsOfOneKeyOverBatches() {
    row.failures().add(lease, List.of(failure("a", 1), failure("b", 10), failure("a", 2)));
    row.failures().add(lease, List.of(failure("a", 4)));

    assertThat(kept()).containsExactly(7L, 10L);
  }

  @Test
  void keepsAWholeBatchInOneStatement() {
    row.failures()
        .add(lease, IntStream.range(0, 1_000).mapToObj(n -> failure("key " + n, n)).toList());

    assertThat(kept()).hasSize(1_000);
    assertThat(row.failures().summary(lease).first()).hasSize(3);
  }

  @Test
  void goesByTheCodeOfMostFailuresAndNotByAStrayOne() {
    row.failures().add(lease, IntStream.range(0, 9).mapToObj(n -> failure("key " + n, 1)).toList());
    row.failures().add(lease, List.of(new ItemFailure("stray", "AAA", "no", 1)));

    assertThat(row.failures().summary(lease).commonestCode()).isEqualTo("AccessDenied");
  }

  @Test
  void goesByTheFirstCodeInOrderWhereAsManyFailedOtherwise() {
    row.failures().add(lease, List.of(failure("a", 1), new ItemFailure("b", "AAA", "no", 1)));

    assertThat(row.failures().summary(lease).commonestCode()).isEqualTo("AAA");
  }

  @Test
  void countsFailuresFromWhereThePurgeGotOn() {
    row.settle(lease, Tally.NONE, Tally.NONE, new Tally(1, 1), null);
    assertThat(row.attempts(lease)).isEqualTo(7);

    row.settle(lease, new Tally(1, 1), Tally.NONE, Tally.NONE, null);
    assertThat(row.attempts(lease)).isZero();
  }

  @Test
  void doesNotCallPurgedWhatAnUnansweredRequestMayStillChange() {
    var completion = new Completion(jdbc, Duration.ZERO);
    assertThat(completion.of(task(), false, new Outcome.Purged(true)))
        .isInstanceOf(Outcome.Purged.class);

    row.doubt(lease);

    assertThat(completion.of(task(), false, new Outcome.Purged(true)))
        .isInstanceOf(Outcome.Continue.class);
  }

  private PurgeTask task() {
    return new PurgeTask(
        lease.taskId(),
        deletion,
        new PurgeTask.Resource(ResourceKind.DATASET, "x", null),
        null,
        null,
        null,
        "q",
        0,
        1,
        null,
        null,
        false,
        new PurgeTask.Timing(Instant.EPOCH, Instant.EPOCH, null));
  }

  private List<Long> kept() {
    return jdbc.sql("select bytes from purge_failure order by bytes")
        .query((row, n) -> row.getLong(1))
        .list();
  }

  private static ItemFailure failure(String what, long bytes) {
    return new ItemFailure(what, "AccessDenied", "no", bytes);
  }
}
