package io.purgeline.gateway.operations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket or root, and whether it can be purged. A store that nobody has ever reached is known by
 * its name only.
 *
 * @param place {@code s3://STORE/BUCKET} or {@code dir://ROOT}; {@code s3://STORE} if no bucket of
 *     it was ever reached
 * @param identity what was recorded at first contact, null if there was none
 * @param observed what was seen last
 * @param problem why its purges are stopped, null if they are not
 * @param outOfReach the workers that do not reach its store now; empty if none says so
 */
record StoreView(
    String place,
    @Nullable String identity,
    @Nullable Instant recordedAt,
    @Nullable String observed,
    @Nullable String problem,
    @Nullable Instant observedAt,
    List<Outage> outOfReach) {

  StoreView {
    outOfReach = List.copyOf(outOfReach);
  }

  /**
   * A worker cannot reach the store.
   *
   * @param worker its name
   * @param since when it noticed
   * @param problem what it saw last
   * @param whole whether that is so of all of the store, or of this bucket alone
   */
  record Outage(String worker, Instant since, String problem, boolean whole) {}
}
