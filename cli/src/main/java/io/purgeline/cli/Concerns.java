package io.purgeline.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a status a person should look at, in words. */
final class Concerns {

  /** A message that could go out goes out within a second. */
  private static final Duration LONG_IN_OUTBOX = Duration.ofMinutes(1);

  private Concerns() {}

  /** The most urgent first; none if all is well. */
  static List<String> of(Status status, Instant now) {
    var concerns = new ArrayList<String>();
    if (status.isFrozen()) {
      var freeze = status.freeze();
      concerns.add(
          "Purging is frozen since %s by %s: %s"
              .formatted(
                  Readable.time(freeze, "since"),
                  Readable.text(freeze, "actor"),
                  Readable.text(freeze, "reason")));
    }
    outbox(status, now).ifPresent(concerns::add);
    for (var store : status.changedStores()) {
      concerns.add(
          "Nothing is purged in %s: %s"
              .formatted(Readable.text(store, "place"), Readable.text(store, "problem")));
    }
    concerns.addAll(Outages.told(status.stores()));
    var undecided = status.open() - status.snoozed();
    if (undecided > 0) {
      concerns.add(
          "%s to be looked at: %s dead-letters groups"
              .formatted(Readable.plural(undecided, "dead letter"), Ctl.NAME));
    }
    return concerns;
  }

  private static Optional<String> outbox(Status status, Instant now) {
    var figures = status.figures();
    return figures == null
        ? Optional.empty()
        : figures
            .outbox()
            .oldestAt()
            .map(since -> Duration.between(since, now))
            .filter(age -> age.compareTo(LONG_IN_OUTBOX) > 0)
            .map(age ->
                "Messages wait in the outbox for %s: broker or relay"
                    .formatted(Readable.duration(age)));
  }
}
