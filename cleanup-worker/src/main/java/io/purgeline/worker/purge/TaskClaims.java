package io.purgeline.worker.purge;

import io.purgeline.database.Columns;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.deletion.TaskState;
import io.purgeline.location.Location;
import io.purgeline.worker.purge.Claim.Claimed;
import io.purgeline.worker.purge.Claim.NotClaimed;
import io.purgeline.worker.purge.Claim.Why;
import io.purgeline.worker.purge.PurgeTask.Resource;
import io.purgeline.worker.purge.PurgeTask.Timing;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Takes tasks, one guarded update each, and asks who owns their places. */
final class TaskClaims {

  private final TransactionOperations transactions;
  private final JdbcClient jdbc;
  private final DeletionProgress progress;
  private final WorkerName worker;
  private final Duration leaseDuration;

  TaskClaims(
      TransactionOperations transactions,
      JdbcClient jdbc,
      DeletionProgress progress,
      WorkerName worker,
      Duration leaseDuration) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.progress = progress;
    this.worker = worker;
    this.leaseDuration = leaseDuration;
  }

  /** Takes the task if this is its newest message and nobody works on it. */
  Claim claim(TaskRef ref) {
    return Objects.requireNonNull(transactions.execute(tx -> tryClaim(ref)));
  }

  private Claim tryClaim(TaskRef ref) {
    var row = lock(ref.taskId());
    if (row.isEmpty()) {
      return new NotClaimed(Why.UNKNOWN);
    }
    var standing = row.get();
    if (standing.generation() != ref.generation()) {
      return new NotClaimed(Why.STALE);
    }
    return switch (standing.state()) {
      case RUNNING -> new NotClaimed(Why.HELD);
      case DONE, DEAD, DISCARDED -> new NotClaimed(Why.FINISHED);
      case PENDING, WAITING, RETAINED -> take(ref, standing);
    };
  }

  private Optional<Standing> lock(UUID taskId) {
    return jdbc.sql("select state, generation from purge_task where id = :id for update")
        .param("id", taskId)
        .query((row, n) -> new Standing(TaskState.valueOf(row.getString(1)), row.getInt(2)))
        .optional();
  }

  private Claim take(TaskRef ref, Standing standing) {
    var asked = System.nanoTime();
    var task =
        jdbc.sql(
                """
                update purge_task t
                set state = 'RUNNING', lease_owner = :owner,
                    lease_until = clock_timestamp() + make_interval(secs => :lease),
                    barren_claims = barren_claims + 1, slices = slices + 1, next_attempt_at = null
                from deletion d
                where t.id = :id and d.id = t.deletion_id
                returning t.id, t.deletion_id, d.resource_kind, d.resource_id, d.resource_type,
                          t.location_id, t.location, t.dataset_id, t.queue, t.attempts, t.slices,
                          t.cursor::text as cursor, t.replay_of, d.settle, clock_timestamp() as claimed_at,
                          d.requested_at, t.settle_until
                """)
            .param("owner", worker.name())
            .param("lease", leaseDuration.toMillis() / 1000.0)
            .param("id", ref.taskId())
            .query(TaskClaims::task)
            .single();
    if (standing.state() == TaskState.RETAINED) {
      progress.refresh(task.deletionId()); // it is being purged again
    }
    return new Claimed(
        task, new Lease(task.id(), ref.generation(), worker.name(), leaseDuration, asked));
  }

  /** Prolongs a lease; tells it if it is lost. */
  void renew(Lease lease) {
    var asked = System.nanoTime();
    var rows =
        jdbc.sql(
                """
                update purge_task
                set lease_until = clock_timestamp() + make_interval(secs => :lease)
                where id = :id and generation = :generation and lease_owner = :owner
                  and state = 'RUNNING'
                """)
            .param("lease", lease.duration().toMillis() / 1000.0)
            .param("id", lease.taskId())
            .param("generation", lease.generation())
            .param("owner", lease.owner())
            .update();
    if (rows == 1) {
      lease.renewed(asked);
    } else {
      lease.lose();
    }
  }

  /**
   * Why the task's place must not be touched: a live record owns something in it, or nothing says
   * that it is this deletion's. Unknown means keep.
   */
  Optional<RefusedException> ownershipRefusal(PurgeTask task) {
    var location = task.location();
    if (location == null) {
      return Optional.empty();
    }
    var owner = owner(task, location);
    if (owner.equals(task.deletionId().toString())) {
      return Optional.empty();
    }
    return Optional.of(
        new RefusedException(
            new ItemFailure(location.uri(), "NotOwned", "the place belongs to " + owner, 0)));
  }

  private String owner(PurgeTask task, Location location) {
    return jdbc.sql(
            """
            select coalesce(string_agg(
                     case when deletion_id = :deletion and id = :location then deletion_id::text
                          else owner_kind || ' ' || owner_id end, ', '), 'nobody we know')
            from storage_location where span && key_range(:start, :end)
            """)
        .param("deletion", task.deletionId())
        .param("location", task.locationId())
        .param("start", location.spanStart())
        .param("end", location.spanEnd())
        .query(String.class)
        .single();
  }

  private static PurgeTask task(ResultSet row, int number) throws SQLException {
    var location = row.getString("location");
    return new PurgeTask(
        row.getObject("id", UUID.class),
        row.getObject("deletion_id", UUID.class),
        new Resource(
            ResourceKind.of(row.getString("resource_kind")),
            row.getString("resource_id"),
            row.getString("resource_type")),
        row.getObject("location_id", UUID.class),
        location == null ? null : Location.parse(location),
        row.getObject("dataset_id", UUID.class),
        row.getString("queue"),
        row.getInt("attempts"),
        row.getInt("slices"),
        row.getString("cursor"),
        row.getString("replay_of"),
        row.getBoolean("settle"),
        new Timing(
            Columns.instant(row, "claimed_at"),
            Columns.instant(row, "requested_at"),
            Columns.instantOrNull(row, "settle_until")));
  }

  private record Standing(TaskState state, int generation) {}
}
