package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.watch.Watch;
import org.springframework.stereotype.Component;

/** Looks after the replays that somebody follows. */
@Component
final class ReplayWatch extends Watch {

  ReplayWatch(ReplayViews replays) {
    super("replay-watch", replays::of);
  }
}
