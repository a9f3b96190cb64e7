package io.purgeline.gateway.deletion;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.purgeline.deletion.DeletionState;
import java.util.UUID;

/** Where a deletion stood when it was looked at. */
record Sighting(UUID id, DeletionState state, Amounts objects, Amounts bytes) {

  /** Names exactly this state of affairs, on every gateway alike. */
  @JsonIgnore
  String eventId() {
    return state + "." + digits(objects) + "." + digits(bytes);
  }

  private static String digits(Amounts of) {
    return "%d-%d-%d-%d-%d"
        .formatted(of.planned(), of.purged(), of.alreadyAbsent(), of.retained(), of.failed());
  }
}
