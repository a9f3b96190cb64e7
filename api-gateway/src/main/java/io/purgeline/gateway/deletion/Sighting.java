package io.purgeline.gateway.deletion;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.purgeline.deletion.DeletionState;
import io.purgeline.gateway.watch.Seen;
import java.util.UUID;

/**
 * Where a deletion stood when it was looked at.
 *
 * @param atWork whether a task of it is unfinished; one that is dead may have others
 */
record Sighting(
    UUID id, DeletionState state, @JsonIgnore boolean atWork, Amounts objects, Amounts bytes)
    implements Seen {

  @Override
  public boolean isFinal() {
    return state.isFinal() && !atWork;
  }

  @Override
  public String eventId() {
    return state + (atWork ? ".at-work." : ".") + digits(objects) + "." + digits(bytes);
  }

  private static String digits(Amounts of) {
    return "%d-%d-%d-%d-%d"
        .formatted(of.planned(), of.purged(), of.alreadyAbsent(), of.retained(), of.failed());
  }
}
