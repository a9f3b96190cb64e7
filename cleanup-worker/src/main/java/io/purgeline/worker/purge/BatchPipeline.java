package io.purgeline.worker.purge;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches in parallel, a bounded number ahead. The first that fails stops those that have not
 * begun; what was booked and not sent is sent by a later slice.
 */
final class BatchPipeline implements AutoCloseable {

  /** Pages listed ahead of the store, whatever parallelism it allows. */
  private static final int AHEAD = 16;

  private final ExecutorService senders = TracedThreads.open();
  private final Semaphore room = new Semaphore(AHEAD);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean cutShort = new AtomicBoolean();

  /** Waits until another batch may be submitted. */
  void awaitRoom() {
    room.acquireUninterruptibly();
    room.release();
  }

  void submit(Runnable batch) {
    room.acquireUninterruptibly();
    senders.execute(() -> {
      try {
        run(batch);
      } finally {
        room.release();
      }
    });
  }

  private void run(Runnable batch) {
    if (hasFailed()) {
      cutShort.set(true);
      return;
    }
    try {
      batch.run();
    } catch (SliceInterruptedException e) {
      cutShort.set(true);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e); // the first failure speaks for all
    }
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  /**
   * Waits for everything that was submitted.
   *
   * @return whether all of it was sent and answered
   * @throws RuntimeException the first failure; an {@link Error} is thrown as one
   */
  boolean finish() {
    senders.close();
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException("a batch was not sent: " + e, e);
    }
    return !cutShort.get();
  }

  @Override
  public void close() {
    senders.close();
  }
}
