package io.purgeline.gateway.deadletter;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.database.AfterCommit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** Ends replays, and tells the auditor and, after the commit, the log. */
@Component
class ReplayEnd {

  private static final Logger log = LoggerFactory.getLogger(ReplayEnd.class);

  private final Replays replays;
  private final ReplayViews views;
  private final AuditTrail audit;

  ReplayEnd(Replays replays, ReplayViews views, AuditTrail audit) {
    this.replays = replays;
    this.views = views;
    this.audit = audit;
  }

  /** Nothing is left to be put back. */
  void finish(UUID id) {
    replays.move(id, List.of(ReplayState.RUNNING), ReplayState.DONE, null);
    tell(id, "replay.finish", Level.INFO);
  }

  /** Stops it; what was not put back is open as before, what was put back goes on. */
  void abort(UUID id, String because) {
    replays.move(id, List.of(ReplayState.RUNNING), ReplayState.ABORTED, because);
    replays.release(id);
    tell(id, "replay.abort", Level.WARN);
  }

  private void tell(UUID id, String act, Level level) {
    var replay = views.one(id);
    var because = replay.abortedBecause();
    audit.record(
        new AuditEntry(
            AuditEntry.SYSTEM,
            act,
            ReplayController.KIND,
            id.toString(),
            because,
            replay.state().name(),
            null,
            """
            {"total": %d, "replayed": %d, "resolved": %d, "failed_again": %d}\
            """
                .formatted(
                    replay.total(), replay.replayed(), replay.resolved(), replay.failedAgain())));
    AfterCommit.run(() -> log(replay, because, level));
  }

  private static void log(ReplayView replay, @Nullable String because, Level level) {
    log.atLevel(level)
        .addKeyValue("replay_id", replay.id())
        .log(
            "replay {} is {}: {} of {} resolved, {} failed again{}",
            replay.id(),
            replay.state(),
            replay.resolved(),
            replay.total(),
            replay.failedAgain(),
            because == null ? "" : "; " + because);
  }
}
