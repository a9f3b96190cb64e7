package io.purgeline.worker.place;

import io.purgeline.worker.purge.OutOfReach;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that are out of reach while their store is up, so that its queues are consumed. However
 * many tasks want one, it is asked for again ever more rarely, logged once when it goes and once
 * when it is back, and reported in between.
 */
final class Absences {

  private static final Logger log = LoggerFactory.getLogger(Absences.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Map<BucketName, Absence> absent = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final OutageReports reports;

  Absences(LongSupplier nanoTime, OutageReports reports) {
    this.nanoTime = nanoTime;
    this.reports = reports;
  }

  /**
   * What was found a moment ago, so that it need not be asked again; empty if it is to be asked.
   */
  Optional<OutOfReach> known(BucketName bucket) {
    return Optional.ofNullable(absent.get(bucket))
        .map(absence -> absence.at(nanoTime.getAsLong()))
        .filter(known -> known.delay().isPositive());
  }

  /** Those it is time to ask for again. */
  List<BucketName> due() {
    return absent.keySet().stream().filter(bucket -> known(bucket).isEmpty()).toList();
  }

  /** It was asked and is out of reach: not worth another look for as long again as it has been. */
  OutOfReach found(BucketName bucket, String problem) {
    var now = nanoTime.getAsLong();
    var absence =
        absent.compute(
            bucket,
            (_, before) -> {
              var since = before == null ? now : before.sinceNanos();
              return new Absence(problem, since, now + pause(now - since).toNanos());
            });
    if (absence.sinceNanos() == now) {
      log.warn("{} is out of reach, its purges wait: {}", bucket.place(), problem);
    }
    reports.tell(bucket.queue(), bucket.place(), problem);
    return absence.at(now);
  }

  private static Duration pause(long sinceNanos) {
    var lasted = Duration.ofNanos(sinceNanos);
    if (lasted.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return lasted.compareTo(LONGEST) > 0 ? LONGEST : lasted;
  }

  /** It is as it should be. */
  void end(BucketName bucket) {
    if (absent.remove(bucket) != null) {
      log.info("{} is back: its purges go on", bucket.place());
    }
    reports.end(bucket.queue(), bucket.place()); // also one that somebody told a moment too late
  }

  private record Absence(String problem, long sinceNanos, long nextLookNanos) {

    OutOfReach at(long now) {
      return new OutOfReach(problem, Duration.ofNanos(nextLookNanos - now));
    }
  }
}
