package io.purgeline.worker.testing;

import io.purgeline.location.Location;
import java.util.UUID;

/** A place whose owner is alive. */
final class LiveRecord {

  private LiveRecord() {}

  static void register(Records records, String uri) {
    var place = new Seed.Place(UUID.randomUUID(), UUID.randomUUID(), Location.parse(uri));
    Seed.reserve(records, place, "dataset", UUID.randomUUID().toString(), null);
  }
}
