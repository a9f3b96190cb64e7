package io.purgeline.worker.purge;

import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.store.ItemFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Adds up what several threads unlink and books it about once a second. */
final class UnlinkProgress implements UnlinkControl {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PurgeTask task;
  private final Slice slice;
  private final DirectoryLedger ledger;
  private final PurgeListener listener;
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock booking = new ReentrantLock();
  private volatile long lastNanos = System.nanoTime();

  UnlinkProgress(PurgeTask task, Slice slice, DirectoryLedger ledger, PurgeListener listener) {
    this.task = task;
    this.slice = slice;
    this.ledger = ledger;
    this.listener = listener;
  }

  @Override
  public boolean stop() {
    return slice.isOver();
  }

  @Override
  public void removed(TreeSize since) {
    entries.addAndGet(since.entries());
    bytes.addAndGet(since.bytes());
    if (System.nanoTime() - lastNanos > INTERVAL_NANOS && booking.tryLock()) {
      try {
        book();
      } finally {
        booking.unlock();
      }
    }
  }

  @Override
  public void failed(List<ItemFailure> page) {
    ledger.failed(slice.lease(), page);
  }

  /** Books what is left. */
  void flush() {
    booking.lock();
    try {
      book();
    } finally {
      booking.unlock();
    }
  }

  private void book() {
    lastNanos = System.nanoTime();
    var since = new Tally(entries.getAndSet(0), bytes.getAndSet(0));
    if (!since.isNone()) {
      ledger.removed(slice.lease(), since);
      listener.removed(task, since.objects(), since.bytes());
    }
  }
}
