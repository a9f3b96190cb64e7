package io.purgeline.worker.place;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.Unlinked;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A real root; something happens right after its identity was asked for the first time. */
final class LateLook implements DirectoryStore {

  private final DirectoryStore root;
  private final Runnable meanwhile;
  private boolean looked;

  LateLook(DirectoryStore root, Runnable meanwhile) {
    this.root = root;
    this.meanwhile = meanwhile;
  }

  @Override
  public Optional<String> identity() {
    var seen = root.identity();
    if (!looked) {
      looked = true;
      meanwhile.run();
    }
    return seen;
  }

  @Override
  public void mark(String identity) {
    root.mark(identity);
  }

  @Override
  public void expect(String identity) {
    root.expect(identity);
  }

  @Override
  public Optional<TreeIdentity> look(String path) {
    return root.look(path);
  }

  @Override
  public boolean moveAside(String path, UUID task, TreeIdentity expected) {
    return root.moveAside(path, task, expected);
  }

  @Override
  public boolean isAside(UUID task) {
    return root.isAside(task);
  }

  @Override
  public Optional<TreeSize> count(UUID task, BooleanSupplier stop) {
    return root.count(task, stop);
  }

  @Override
  public Unlinked unlink(UUID task, UnlinkControl control) {
    return root.unlink(task, control);
  }

  @Override
  public void close() {
    root.close();
  }
}
