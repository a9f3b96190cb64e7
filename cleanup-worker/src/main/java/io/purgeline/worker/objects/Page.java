package io.purgeline.worker.objects;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param entries in the store's order, possibly none on a page that is not the last
 * @param next where the next page begins, null after the last
 */
public record Page(List<ObjectEntry> entries, @Nullable Position next) {

  public Page {
    entries = List.copyOf(entries);
  }
}
