package io.purgeline.worker.purge;

import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a listing in their order; the next one is listed while the last one is worked on.
 */
final class PagesAhead implements AutoCloseable {

  private final Function<@Nullable Position, Page> list;
  private final ExecutorService lister = TracedThreads.open();
  private @Nullable CompletableFuture<Page> ahead;

  /**
   * Begins to list.
   *
   * @param list lists the page behind a position, or the first one
   */
  PagesAhead(Function<@Nullable Position, Page> list, @Nullable Position from) {
    this.list = list;
    this.ahead = begin(from);
  }

  /** Whether there is another page; there always is a first one. */
  boolean hasNext() {
    return ahead != null;
  }

  /**
   * Waits for the next page.
   *
   * @throws RuntimeException what the listing threw
   */
  Page next() {
    if (ahead == null) {
      throw new IllegalStateException("the listing is at its end");
    }
    var page = listed(ahead);
    ahead = page.next() == null ? null : begin(page.next());
    return page;
  }

  private CompletableFuture<Page> begin(@Nullable Position from) {
    return CompletableFuture.supplyAsync(() -> list.apply(from), lister);
  }

  private static Page listed(CompletableFuture<Page> page) {
    try {
      return page.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    lister.close();
  }
}
