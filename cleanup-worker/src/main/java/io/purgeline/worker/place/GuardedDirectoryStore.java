package io.purgeline.worker.place;

import io.github.resilience4j.retry.Retry;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.Unlinked;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A root whose calls are tried again a few times after an error that may pass. Unlinking is not:
 * what it had removed when it failed is known only once the tree is counted again, and so by the
 * next attempt of the purge.
 */
final class GuardedDirectoryStore implements DirectoryStore {

  private final DirectoryStore store;
  private final Retry retry;

  GuardedDirectoryStore(RootAccess access) {
    this.store = access.store();
    this.retry = access.retry();
  }

  @Override
  public Optional<String> identity() {
    return retry.executeSupplier(store::identity);
  }

  /** Made once: a repetition would meet the marker that the first call may have written. */
  @Override
  public void mark(String identity) {
    store.mark(identity);
  }

  @Override
  public void expect(String identity) {
    store.expect(identity);
  }

  @Override
  public Optional<TreeIdentity> look(String path) {
    return retry.executeSupplier(() -> store.look(path));
  }

  @Override
  public boolean moveAside(String path, UUID task, TreeIdentity expected) {
    return retry.executeSupplier(() -> store.moveAside(path, task, expected));
  }

  @Override
  public boolean isAside(UUID task) {
    return retry.executeSupplier(() -> store.isAside(task));
  }

  @Override
  public Optional<TreeSize> count(UUID task, BooleanSupplier stop) {
    return retry.executeSupplier(() -> store.count(task, stop));
  }

  @Override
  public Unlinked unlink(UUID task, UnlinkControl control) {
    return store.unlink(task, control);
  }

  @Override
  public void plant(String path, String file, byte[] content) {
    retry.executeRunnable(() -> store.plant(path, file, content));
  }

  @Override
  public void close() {
    // The root belongs to the process, not to a slice.
  }
}
