package io.purgeline.worker.purge;

import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.objects.ObjectStore;
import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a listing anew, between keys: a store that is asked to go on behind a version that is gone
 * by then shows the key from its beginning, and what stays of it would be booked twice.
 */
final class WholeKeys {

  /** A key with more versions than this is cut all the same: they have to fit into memory. */
  private static final int MOST = 100 * ObjectStore.BATCH_LIMIT;

  /** What was listed and not given out: the last key may go on. */
  private final List<ObjectEntry> held = new ArrayList<>();

  /**
   * Adds the next page of the listing.
   *
   * @return pages that belong together: only behind the last of them may a listing be cut; none
   *     while a key goes on
   */
  List<Page> add(Page page) {
    held.addAll(page.entries());
    var next = page.next();
    if (next == null || next.versionId() == null) {
      return take(held.size(), next);
    }
    var whole = beginningOfLastKey();
    if (whole > 0) {
      return take(whole, Position.afterKey(held.get(whole - 1).key()));
    }
    return held.size() < MOST ? List.of() : take(held.size(), next);
  }

  private int beginningOfLastKey() {
    var beginning = held.size();
    while (beginning > 0 && held.get(beginning - 1).key().equals(held.getLast().key())) {
      beginning--;
    }
    return beginning;
  }

  private List<Page> take(int count, @Nullable Position next) {
    var taken = held.subList(0, count);
    var pages = new ArrayList<Page>();
    for (int from = 0; count - from > ObjectStore.BATCH_LIMIT; from += ObjectStore.BATCH_LIMIT) {
      var entries = taken.subList(from, from + ObjectStore.BATCH_LIMIT);
      var last = entries.getLast();
      pages.add(new Page(entries, new Position(last.key(), last.versionId(), null)));
    }
    pages.add(new Page(taken.subList(pages.size() * ObjectStore.BATCH_LIMIT, count), next));
    taken.clear();
    return pages;
  }
}
