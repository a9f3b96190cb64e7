package io.purgeline.worker.purge;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.Unlinked;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.testing.ForwardingDirectoryStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A real root on a disk that takes its time for every entry. */
final class SlowRoot extends ForwardingDirectoryStore {

  private final Duration perEntry;
  private final CountDownLatch hurry = new CountDownLatch(1);

  SlowRoot(DirectoryStore root, Duration perEntry) {
    super(root);
    this.perEntry = perEntry;
  }

  /** From now on as fast as it can. */
  void hurry() {
    hurry.countDown();
  }

  @Override
  public Unlinked unlink(UUID task, UnlinkControl control) {
    return super.unlink(task, new Slowed(control));
  }

  private final class Slowed implements UnlinkControl {

    private final UnlinkControl control;

    private Slowed(UnlinkControl control) {
      this.control = control;
    }

    @Override
    public boolean stop() {
      try {
        var unused = hurry.await(perEntry.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return control.stop();
    }

    @Override
    public void removed(TreeSize since) {
      control.removed(since);
    }

    @Override
    public void failed(List<ItemFailure> page) {
      control.failed(page);
    }
  }
}
