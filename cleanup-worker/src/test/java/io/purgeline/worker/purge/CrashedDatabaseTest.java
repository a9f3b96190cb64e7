package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.PostgresServer;
import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.ObjectEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a worker relies on when it removes something outlives a crash of the database. It is idle
 * but for the test, and takes to the disk by itself only every ten seconds what did not wait.
 */
class CrashedDatabaseTest {

  private static final List<ObjectEntry> ENTRIES =
      List.of(new ObjectEntry("run-1/a", null, 10, false));

  private static final List<DeleteOutcome> ANSWER = List.of(new Removed());

  @AutoClose private static final PostgresServer SERVER = PostgresServer.durable();

  private final JdbcClient jdbc;
  private final TaskRow row;
  private final BatchLedger objects;
  private final DirectoryLedger directories;
  private Lease lease;

  CrashedDatabaseTest() {
    var source = SERVER.newMigratedDatabase().dataSourceInSchema();
    var transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    jdbc = JdbcClient.create(source);
    row = new TaskRow(jdbc, Duration.ofSeconds(30));
    objects = new BatchLedger(transactions, jdbc, row);
    directories = new DirectoryLedger(transactions, row);
  }

  @BeforeEach
  void begin() {
    jdbc.sql("alter system set wal_writer_delay = '10s'").update();
    jdbc.sql("select pg_reload_conf()").query().singleValue();
    lease = RunningTask.insert(jdbc).lease();
  }

  @Test
  void knowsEveryBatchThatWasSent() {
    var sent = objects.open(lease, List.of(ENTRIES), "{}").getFirst();

    crash();

    assertThat(objects.unsettled(lease)).containsExactly(sent.id());
    assertThat(counts()).isEqualTo("planned 1, purged 0");
  }

  @Test
  void knowsTheHalvesOfABatchThatWasSent() {
    var whole = List.of(ENTRIES.getFirst(), new ObjectEntry("run-1/b", null, 10, false));
    var batch = objects.open(lease, List.of(whole), "{}").getFirst();
    var halves = objects.halve(lease, batch);

    crash();

    assertThat(objects.unsettled(lease))
        .containsExactly(halves.getFirst().id(), halves.getLast().id());
  }

  @Test
  void forgetsAnAnswerAndItsCountOnlyTogether() {
    var batch = objects.open(lease, List.of(ENTRIES), "{}").getFirst();
    objects.settle(lease, batch, null, ANSWER);

    crash();

    var known = objects.unsettled(lease).isEmpty();
    assertThat(counts()).isEqualTo(known ? "planned 1, purged 1" : "planned 1, purged 0");
  }

  @Test
  void takesNothingBackThatWasSettledForGood() {
    var batch = objects.open(lease, List.of(ENTRIES), "{}").getFirst();
    objects.settle(lease, batch, null, ANSWER);
    assertThat(objects.isSettled(lease)).isTrue();

    crash();

    assertThat(objects.unsettled(lease)).isEmpty();
    assertThat(counts()).isEqualTo("planned 1, purged 1");
  }

  @Test
  void knowsTheTreeThatWasMovedAside() {
    var cursor = directories.found(lease, new TreeIdentity(7, 0));

    crash();

    assertThat(cursor()).isEqualTo(DirectoryCursor.read(cursor.write()));
  }

  @Test
  void knowsThatATreeIsBeingUnlinked() {
    var counted =
        directories.count(
            lease, directories.found(lease, new TreeIdentity(7, 0)), new Tally(3, 30));
    directories.begin(lease, counted);

    crash();

    assertThat(cursor()).isEqualTo(counted.booked(false));
    assertThat(counts()).isEqualTo("planned 3, purged 0");
  }

  @Test
  void knowsWhatWasUnlinked() {
    directories.removed(lease, new Tally(1, 10));

    crash();

    assertThat(counts()).isEqualTo("planned 0, purged 1");
  }

  /** Otherwise what stayed would be counted twice. */
  @Test
  void knowsThatAPassHasBegun() {
    jdbc.sql("update purge_task set objects_planned = 1, objects_failed = 1").update();
    row.beginPass(lease);

    crash();

    assertThat(counts()).isEqualTo("planned 0, purged 0");
  }

  /** Otherwise the next look would begin at the end of this one. */
  @Test
  void knowsThatAPassHasEnded() {
    directories.found(lease, new TreeIdentity(7, 0));
    row.endPass(lease);

    crash();

    assertThat(cursor()).isNull();
  }

  private void crash() {
    SERVER.crash();
    SERVER.start();
  }

  private @Nullable DirectoryCursor cursor() {
    return DirectoryCursor.read(
        jdbc.sql("select cursor::text from purge_task")
            .query(String.class)
            .optional()
            .orElse(null));
  }

  private String counts() {
    return jdbc.sql(
            "select format('planned %s, purged %s', objects_planned, objects_purged) from purge_task")
        .query(String.class)
        .single();
  }
}
