package io.purgeline.gateway.canary;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.database.Ids;
import io.purgeline.gateway.catalogue.CanaryDatasets;
import io.purgeline.gateway.deletion.CanaryDeletion;
import io.purgeline.gateway.http.ApiException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs a tiny real deletion through everything, in every store and root, at every interval: a
 * dataset is registered, a worker writes its one object or file, the dataset is deleted as over
 * HTTP, and the round has succeeded when the purge is verified. One round at a time in a store:
 * while the last one is not purged there is no other, so that a store that is down never finds a
 * heap of them.
 */
@Component
public class CanaryRunner {

  private static final Logger log = LoggerFactory.getLogger(CanaryRunner.class);

  /**
   * A worker that is only slow might write after the deletion; its store would have answered long
   * before.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CanaryRows rows;
  private final CanaryPlaces places;
  private final CanaryDatasets datasets;
  private final CanaryDeletion deletion;
  private final Duration interval;

  CanaryRunner(
      CanaryRows rows,
      CanaryPlaces places,
      CanaryDatasets datasets,
      CanaryDeletion deletion,
      PurgelineProperties properties) {
    this.rows = rows;
    this.places = places;
    this.datasets = datasets;
    this.deletion = deletion;
    this.interval = properties.canary().interval();
  }

  @Scheduled(fixedDelay = 1_000)
  void run() {
    try {
      runOnce();
    } catch (DataAccessException | TransactionException e) {
      log.debug("canaries go on later: {}", e.toString());
    }
  }

  /** Takes every round one step further that can be. */
  public void runOnce() {
    rows.want(places.stores());
    rows.due(places.stores(), interval).forEach(this::begin);
    rows.abandoned().forEach(this::register);
    rows.giveUpWriting(PATIENCE);
    rows.written().forEach(this::delete);
    if (rows.conclude() > 0) {
      deletion.forgetOld();
    }
    rows.removeUnwanted();
  }

  private void begin(String store) {
    var id = Ids.next();
    places
        .in(store, id)
        .map(location -> new Canary(store, id, location))
        .filter(canary -> rows.begin(canary, interval))
        .ifPresent(this::register);
  }

  private void register(Canary canary) {
    try {
      datasets.register(canary.dataset(), canary.location());
      if (!rows.registered(canary)) {
        deletion.delete(canary.dataset());
      }
    } catch (ApiException refused) {
      rows.failed(canary, String.valueOf(refused.getMessage()));
      log.warn("no canary for {}: {}", canary.store(), refused.getMessage());
    }
  }

  private void delete(Canary canary) {
    try {
      rows.deleting(canary, deletion.delete(canary.dataset()));
    } catch (ApiException refused) {
      // Another gateway was faster, or somebody holds a lock: the next run sees.
      log.debug("the canary of {} is not deleted yet: {}", canary.store(), refused.getMessage());
    }
  }
}
