package io.purgeline.worker.purge;

import io.purgeline.config.RetryProperties;
import io.purgeline.database.DatabaseFailures;
import io.purgeline.deletion.FailureClass;
import io.purgeline.worker.purge.Claim.Claimed;
import io.purgeline.worker.purge.Claim.NotClaimed;
import io.purgeline.worker.purge.Outcome.Abandoned;
import io.purgeline.worker.purge.Outcome.Cause;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Failed;
import io.purgeline.worker.purge.Outcome.Outage;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges one task, one slice at a time. Safe to run twice, to kill anywhere, and to race with
 * itself.
 */
public final class PurgeExecutor {

  private static final Logger log = LoggerFactory.getLogger(PurgeExecutor.class);

  private final TaskClaims claims;
  private final Slices slices;
  private final Purges purges;
  private final Conclusion conclusion;
  private final PurgeListener listener;
  private final RetryProperties retry;

  PurgeExecutor(
      TaskClaims claims,
      Slices slices,
      Purges purges,
      Conclusion conclusion,
      PurgeListener listener,
      RetryProperties retry) {
    this.claims = claims;
    this.slices = slices;
    this.purges = purges;
    this.conclusion = conclusion;
    this.listener = listener;
    this.retry = retry;
  }

  /**
   * One delivery: claim, purge a slice, record. The message decides nothing; the row does.
   *
   * @throws DataAccessException if the database cannot be asked; the message must be kept
   */
  public void execute(TaskRef ref) {
    switch (claims.claim(ref)) {
      case NotClaimed(var why) -> ignore(ref, why);
      case Claimed(var task, var lease) -> work(task, lease);
    }
  }

  private void ignore(TaskRef ref, Claim.Why why) {
    log.atDebug().addKeyValue("task_id", ref.taskId()).log("message ignored: {}", why);
    listener.ignored(why);
  }

  private void work(PurgeTask task, Lease lease) {
    var began = System.nanoTime();
    listener.started(task);
    try (var renewal = slices.keepAlive(lease)) {
      var outcome = purge(task, slices.begin(lease));
      conclusion.record(task, lease, outcome);
      listener.ended(task, outcome, since(began));
    } catch (LeaseLostException e) {
      log.warn("{}; whoever holds it now goes on", e.getMessage());
      listener.ended(task, new Abandoned(), since(began));
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private Outcome purge(PurgeTask task, Slice slice) {
    var refusal = claims.ownershipRefusal(task);
    if (refusal.isPresent()) {
      return refused(slice.lease(), refusal.get());
    }
    if (slice.isOver()) {
      return new Continue(Duration.ZERO);
    }
    try {
      return purges.of(task).purge(task, slice);
    } catch (SliceInterruptedException e) {
      return new Continue(Duration.ZERO);
    } catch (StoreUnavailableException e) {
      return slice.isInterrupted() ? new Continue(Duration.ZERO) : unavailable(task, e);
    } catch (RefusedException e) {
      // A whole place that refuses is down: an operator is at work on its rights, or it is
      // read-only.
      return outage(task).orElseGet(() -> refused(slice.lease(), e));
    } catch (LeaseLostException e) {
      throw e;
    } catch (RuntimeException e) {
      if (DatabaseFailures.mayPass(e)) {
        throw e; // nothing can be recorded; the lease runs out and the task gets a new message
      }
      log.atError().addKeyValue("task_id", task.id()).setCause(e).log("purge failed");
      return new Failed(FailureClass.BUG, Cause.of(e));
    }
  }

  /** A call failed for good. Whether the place is down or only this call fails, a probe tells. */
  private Outcome unavailable(PurgeTask task, StoreUnavailableException e) {
    return outage(task)
        .orElseGet(() ->
            e.asksForLess()
                ? pause(String.valueOf(e.getMessage()))
                : new Failed(FailureClass.ITEM, Cause.of(e)));
  }

  /**
   * The probe only reads, and a store may ask for fewer removals alone, for as long as it likes.
   */
  private Outage pause(String message) {
    return new Outage(message, Backoff.delay(retry, 1));
  }

  private Optional<Outcome> outage(PurgeTask task) {
    return purges.outage(task).map(place -> new Outage(place.problem(), place.delay()));
  }

  private Outcome refused(Lease lease, RefusedException e) {
    conclusion.recordRefusal(lease, e.failure());
    return new Failed(FailureClass.ITEM, Cause.of(e));
  }
}
