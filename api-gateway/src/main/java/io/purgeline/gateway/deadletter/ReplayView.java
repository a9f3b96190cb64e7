package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.deadletter.Selection.Skipped;
import io.purgeline.gateway.watch.Seen;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay and how far it has come.
 *
 * @param total how many dead letters it accepted
 * @param replayed how many were put back so far
 * @param resolved how many of them went through
 * @param failedAgain how many of them failed again
 * @param passedOver how many were decided otherwise before their turn
 * @param remaining how many were not put back yet; of an aborted one, how many never will be
 * @param step the step that runs, the first is 1; 0 before it begins
 * @param nextStepAt when the next letter may be put back, as far as the rate tells; null while the
 *     step waits for its outcomes
 * @param ratePerSecond how many at most in a second, null for no limit
 * @param frozen whether purging is frozen, so that what was put back waits
 * @param abortedBecause why it stopped
 */
record ReplayView(
    UUID id,
    ReplayState state,
    long total,
    long replayed,
    long resolved,
    long failedAgain,
    long passedOver,
    long remaining,
    int step,
    @Nullable Instant nextStepAt,
    @Nullable Double ratePerSecond,
    boolean ramp,
    Skipped skipped,
    boolean frozen,
    @Nullable String abortedBecause,
    String by,
    String reason,
    Instant createdAt,
    @Nullable Instant finishedAt)
    implements Seen {

  @Override
  public boolean isFinal() {
    return state.isFinal();
  }

  @Override
  public String eventId() {
    return "%s.%d.%d.%d.%d.%d%s"
        .formatted(
            state, step, replayed, resolved, failedAgain, passedOver, frozen ? ".frozen" : "");
  }
}
