package io.purgeline.worker.purge;

import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a listing in their order, cut between keys, a few of them listed ahead of whoever
 * works on them. What is there already comes in one go: the slower the work, the more pages at a
 * time.
 */
final class PagesAhead implements AutoCloseable {

  private static final int AHEAD = 4;

  private final Function<@Nullable Position, Page> list;
  private final BlockingQueue<Listed> listed = new ArrayBlockingQueue<>(AHEAD);
  private final ExecutorService lister = TracedThreads.open();
  private volatile boolean closed;
  private boolean atEnd;

  /**
   * Begins to list.
   *
   * @param list lists the page behind a position, or the first one
   */
  PagesAhead(Function<@Nullable Position, Page> list, @Nullable Position from) {
    this.list = list;
    lister.execute(() -> listAll(from));
  }

  private void listAll(@Nullable Position from) {
    try {
      list(from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void list(@Nullable Position from) throws InterruptedException {
    try {
      var keys = new WholeKeys();
      var position = from;
      do {
        var page = list.apply(position);
        var whole = keys.add(page);
        if (!whole.isEmpty()) {
          listed.put(new Listed(whole, null));
        }
        position = page.next();
      } while (position != null && !closed);
    } catch (RuntimeException | Error e) {
      listed.put(
          new Listed(List.of(), e)); // whoever waits for the next page must not wait for ever
    }
  }

  /** Whether there are more pages; there always is a first one. */
  boolean hasNext() {
    return !atEnd;
  }

  /**
   * Waits for the next page, and brings those along that are behind it already.
   *
   * @return at least one; only behind the last may the listing be cut
   * @throws RuntimeException what the listing threw, behind the last page it gave; an {@link Error}
   *     is thrown as one
   */
  List<Page> next() {
    var pages = new ArrayList<Page>();
    do {
      pages.addAll(take().get());
    } while (listed.peek() instanceof Listed(_, var failure) && failure == null);
    atEnd = pages.getLast().next() == null;
    return pages;
  }

  private Listed take() {
    try {
      return listed.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SliceInterruptedException();
    }
  }

  @Override
  public void close() {
    closed = true;
    listed.clear(); // so that the lister finds room, and then the end
    lister.close();
  }

  /** Pages that belong together, or why there are none. */
  private record Listed(List<Page> pages, @Nullable Throwable failure) {

    List<Page> get() {
      return switch (failure) {
        case null -> pages;
        case RuntimeException e -> throw e;
        case Throwable e -> throw new IllegalStateException("the listing broke off: " + e, e);
      };
    }
  }
}
