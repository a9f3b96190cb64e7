package io.purgeline.gateway.deadletter;

import io.purgeline.database.AfterCommit;
import io.purgeline.database.Ids;
import io.purgeline.freeze.FreezeSwitch;
import io.purgeline.gateway.deadletter.ReplayRequest.Selector;
import io.purgeline.gateway.deadletter.Replays.Repeated;
import io.purgeline.gateway.deadletter.Selection.Outage;
import io.purgeline.gateway.deadletter.Selection.Skipped;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.operations.OperatorActs.Done;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins replays, or tells what one would do. */
@Component
class ReplayStart {

  private static final Logger log = LoggerFactory.getLogger(ReplayStart.class);

  private final Selection selection;
  private final Replays replays;
  private final ReplayViews views;
  private final FreezeSwitch freeze;

  ReplayStart(Selection selection, Replays replays, ReplayViews views, FreezeSwitch freeze) {
    this.selection = selection;
    this.replays = replays;
    this.views = views;
    this.freeze = freeze;
  }

  /** Looks without changing anything. */
  DryRun tryOut(Selector selector) {
    var which = selection.conditions(selector);
    var look = selection.look(which);
    return new DryRun(
        look.accepted(),
        look.bytes(),
        look.oldest(),
        look.skipped(),
        selection.outages(which),
        freeze.current().isPresent());
  }

  /**
   * Makes a replay and claims its letters, part of the caller's transaction.
   *
   * @param key the same one again answers the replay that it made
   * @throws ApiException 409 if the key was used for something else
   */
  Done<ReplayView> start(ReplayRequest request, @Nullable String key, Requester by) {
    var which = selection.conditions(request.checked());
    var id = Ids.next();
    var reason = Objects.requireNonNull(by.reason());
    if (!replays.insert(new Replays.New(id, by.actor(), reason, key, request))) {
      var repeated = replays.repeated(by.actor(), Objects.requireNonNull(key), request);
      return Done.before(earlier(repeated));
    }
    var claimed = selection.claim(id, which);
    replays.accept(id, claimed.accepted(), claimed.skipped());
    AfterCommit.run(() -> logStart(id, claimed.accepted(), by));
    return Done.of(views.one(id))
        .to(id.toString())
        .with(
            """
            {"accepted": %d, "bytes": %d}\
            """
                .formatted(claimed.accepted(), claimed.bytes()));
  }

  private static void logStart(UUID id, long accepted, Requester by) {
    log.atInfo()
        .addKeyValue("replay_id", id)
        .log(
            "replay {} of {} dead letters begins, by {}: {}",
            id,
            accepted,
            by.actor(),
            by.reason());
  }

  private ReplayView earlier(Optional<Repeated> repeated) {
    return repeated
        .filter(Repeated::same)
        .map(earlier -> views.one(earlier.id()))
        .orElseThrow(() ->
            ApiException.conflict("This Idempotency-Key was used for another replay already."));
  }

  /**
   * What a replay would do.
   *
   * @param wouldRefuse stores and buckets that cannot be purged now: they would end the replay
   * @param frozen whether purging is frozen: what is put back would wait
   */
  record DryRun(
      long accepted,
      long bytes,
      @Nullable Instant oldest,
      Skipped skipped,
      List<Outage> wouldRefuse,
      boolean frozen) {}
}
