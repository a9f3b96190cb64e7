package io.purgeline.worker.canary;

import io.purgeline.config.PurgelineProperties;
import io.purgeline.database.DatabaseFailures;
import io.purgeline.location.DirectoryLocation;
import io.purgeline.location.ObjectLocation;
import io.purgeline.worker.place.Gates;
import io.purgeline.worker.place.Places;
import io.purgeline.worker.place.StoreGate;
import io.purgeline.worker.purge.GoAhead;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Writes the tiny object or file that a canary deletion purges, in the stores that this worker
 * serves, after a gateway has registered a dataset for it.
 */
@Component
public class CanaryWriter {

  private static final Logger log = LoggerFactory.getLogger(CanaryWriter.class);
  private static final String FILE = "canary";
  private static final byte[] CONTENT =
      "Purgeline wrote this to see that it can be purged.\n".getBytes(StandardCharsets.UTF_8);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final CanaryRows rows;
  private final Places places;
  private final Gates gates;
  private final boolean on;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  CanaryWriter(CanaryRows rows, Places places, Gates gates, PurgelineProperties properties) {
    this.rows = rows;
    this.places = places;
    this.gates = gates;
    this.on = properties.canary().isOn();
  }

  @Scheduled(fixedDelay = 1_000)
  void run() {
    try {
      runOnce();
    } catch (RuntimeException e) {
      if (!DatabaseFailures.mayPass(e)) {
        throw e;
      }
      log.debug("no canary was written this time: {}", e.toString());
    }
  }

  /** Writes what is wanted, in stores that are up. */
  public void runOnce() {
    if (on) {
      var stores =
          gates.all().stream().filter(StoreGate::isUp).map(gate -> gate.queue().store()).toList();
      rows.take(stores, PAUSE).forEach(this::write);
    }
  }

  private void write(WantedCanary canary) {
    try {
      switch (canary.location()) {
        case ObjectLocation objects -> write(objects);
        case DirectoryLocation directory -> write(directory);
      }
    } catch (RuntimeException e) {
      rows.failed(canary, String.valueOf(e.getMessage()));
      tell(canary, e);
      look(canary, e);
      return;
    }
    rows.written(canary);
    refused.remove(canary.store());
  }

  private void write(ObjectLocation location) {
    var place = places.open(location, GoAhead.UNLIMITED);
    place.store().put(place.bucket(), place.prefix() + FILE, CONTENT);
  }

  private void write(DirectoryLocation location) {
    try (var root = places.open(location)) {
      root.plant(location.path(), FILE, CONTENT);
    }
  }

  /**
   * While nobody deletes anything, only this meets a store, root or bucket that is gone: what it is
   * asked for now is reported as out of reach.
   */
  private void look(WantedCanary canary, RuntimeException cause) {
    if (cause instanceof StoreUnavailableException || cause instanceof RefusedException) {
      var outage = places.outage(canary.location());
      log.debug("{}: {}", canary.store(), outage);
    }
  }

  /** Once, until it has worked again. */
  private void tell(WantedCanary canary, RuntimeException cause) {
    if (refused.add(canary.store())) {
      log.warn(
          "no canary can be written to {} ({}): {}; purgeline.canary.interval=0 switches canaries off",
          canary.store(),
          canary.location().uri(),
          cause.getMessage());
    }
  }
}
