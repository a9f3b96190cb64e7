package io.purgeline.worker.purge;

import io.purgeline.database.Columns;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a purge writes about itself while it works. Every write is guarded by the lease; none is
 * made without it.
 */
final class TaskRow {

  /** A legal hold has no end that is known: whether it was lifted is looked at so often. */
  private static final Duration HOLD_INTERVAL = Duration.ofDays(1);

  /** What every update asks for: the lease. */
  private static final String HELD =
      "id = :id and generation = :generation and lease_owner = :owner and state = 'RUNNING'";

  private final JdbcClient jdbc;
  private final TaskFailures failures;
  private final Duration requestTimeout;

  /**
   * @param requestTimeout how long a request to a store may be under way at most
   */
  TaskRow(JdbcClient jdbc, Duration requestTimeout) {
    this.jdbc = jdbc;
    this.failures = new TaskFailures(jdbc);
    this.requestTimeout = requestTimeout;
  }

  /** What the current pass could not remove. */
  TaskFailures failures() {
    return failures;
  }

  /** An update of the leased row, its set clause written out. */
  JdbcClient.StatementSpec guarded(Lease lease, String setClause) {
    return asHolder(lease, "update purge_task set " + setClause + " where " + HELD);
  }

  private JdbcClient.StatementSpec asHolder(Lease lease, String sql) {
    return jdbc.sql(sql)
        .param("id", lease.taskId())
        .param("generation", lease.generation())
        .param("owner", lease.owner());
  }

  /** Executes it; without a row the lease is lost. */
  static void execute(Lease lease, JdbcClient.StatementSpec update) {
    requireRow(lease, update.update());
  }

  private static void requireRow(Lease lease, int rows) {
    if (rows != 1) {
      lease.lose();
      throw new LeaseLostException(lease.taskId());
    }
  }

  /** Work was planned, up to the cursor. */
  void plan(Lease lease, Tally planned, @Nullable String cursor) {
    execute(
        lease,
        guarded(
                lease,
                """
                objects_planned = objects_planned + :objects, bytes_planned = bytes_planned + :bytes,
                cursor = cast(:cursor as jsonb)
                """)
            .param("objects", planned.objects())
            .param("bytes", planned.bytes())
            .param("cursor", cursor));
  }

  /**
   * Planned work got its answer. What was removed starts a settling time anew, and failures are
   * counted from here: a purge that gets on is not given up for what it met days ago.
   */
  void settle(Lease lease, Tally removed, Tally retained, Tally failed, @Nullable Locks locks) {
    execute(
        lease,
        guarded(
                lease,
                """
                objects_purged = objects_purged + :removed, bytes_purged = bytes_purged + :removedBytes,
                objects_retained = objects_retained + :retained, bytes_retained = bytes_retained + :retainedBytes,
                objects_failed = objects_failed + :failed, bytes_failed = bytes_failed + :failedBytes,
                pass_removed = pass_removed + :removed, barren_claims = 0,
                attempts = case when :removed > 0 then 0 else attempts end,
                settle_until = case when :removed > 0 then null else settle_until end,
                retained_until = least(retained_until, :until, case when cast(:held as boolean)
                  then clock_timestamp() + make_interval(secs => :holdInterval) end)
                """)
            .param("removed", removed.objects())
            .param("removedBytes", removed.bytes())
            .param("retained", retained.objects())
            .param("retainedBytes", retained.bytes())
            .param("failed", failed.objects())
            .param("failedBytes", failed.bytes())
            .param("until", timestamp(locks == null ? null : locks.firstEnd()))
            .param("held", locks != null && locks.held())
            .param("holdInterval", HOLD_INTERVAL.toSeconds()));
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  /** A pass over the whole place begins: what stayed last time is met, and counted, again. */
  void beginPass(Lease lease) {
    var rows =
        asHolder(
                lease,
                """
                with pass as (
                  update purge_task
                  set objects_planned = objects_planned - objects_retained - objects_failed,
                      bytes_planned = bytes_planned - bytes_retained - bytes_failed,
                      objects_retained = 0, bytes_retained = 0, objects_failed = 0, bytes_failed = 0,
                      pass_removed = 0, retained_until = null, cursor = null
                  where %s returning id),
                forgotten as (delete from purge_failure where task_id in (select id from pass))
                select count(*) from pass
                """
                    .formatted(HELD))
            .query(Integer.class)
            .single();
    requireRow(lease, rows);
  }

  /** Something was met that somebody wrote meanwhile: a settling time starts anew. */
  void arrived(Lease lease) {
    execute(lease, guarded(lease, "settle_until = null"));
  }

  /** The pass is over: the next look at the place begins at its start. */
  void endPass(Lease lease) {
    execute(lease, guarded(lease, "cursor = null"));
  }

  /** The task gets on, although nothing was answered: it is not what kills its workers. */
  void getsOn(Lease lease) {
    execute(lease, guarded(lease, "barren_claims = 0"));
  }

  /** Changes nothing, and so only finds out whether the lease is still held. */
  void touch(Lease lease) {
    execute(lease, guarded(lease, "lease_owner = lease_owner"));
  }

  /** How often the task failed since it last got on. */
  int attempts(Lease lease) {
    return jdbc.sql("select attempts from purge_task where id = :id")
        .param("id", lease.taskId())
        .query(Integer.class)
        .single();
  }

  /** Whether a pass of it has ended before with nothing left but what is locked. */
  boolean hasBeenVerified(Lease lease) {
    return jdbc.sql("select uploads_verified is not null from purge_task where id = :id")
        .param("id", lease.taskId())
        .query(Boolean.class)
        .single();
  }

  /**
   * A removal got no answer: the store may still carry it out, for as long as a request may last.
   * Until then the place is not given back.
   */
  void doubt(Lease lease) {
    execute(
        lease,
        guarded(
                lease,
                """
                quarantine_until = greatest(
                  quarantine_until, clock_timestamp() + make_interval(secs => :timeout))
                """)
            .param("timeout", requestTimeout.toMillis() / 1000.0));
  }

  /** Keeps where the purge is. */
  void keep(Lease lease, String cursor) {
    execute(lease, guarded(lease, "cursor = cast(:cursor as jsonb)").param("cursor", cursor));
  }

  /** Registered keys that no listing showed. */
  void alreadyAbsent(Lease lease, Tally absent) {
    execute(
        lease,
        guarded(
                lease,
                """
                objects_planned = objects_planned + :objects, bytes_planned = bytes_planned + :bytes,
                objects_already_absent = objects_already_absent + :objects,
                bytes_already_absent = bytes_already_absent + :bytes,
                barren_claims = 0
                """)
            .param("objects", absent.objects())
            .param("bytes", absent.bytes()));
  }

  /** What the current pass has come to. */
  PassResult passResult(Lease lease) {
    return jdbc.sql(
            """
            select pass_removed, objects_retained, objects_failed, retained_until
            from purge_task where id = :id
            """)
        .param("id", lease.taskId())
        .query((row, n) ->
            new PassResult(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Columns.instantOrNull(row, "retained_until")))
        .single();
  }

  /**
   * What a pass removed, and what it met that stays.
   *
   * @param retainedUntil when it is worth while to try again what is locked
   */
  record PassResult(long removed, long retained, long failed, @Nullable Instant retainedUntil) {

    /** Whether no entry that it met has been answered. */
    boolean isUntouched() {
      return removed + retained + failed == 0;
    }
  }
}
