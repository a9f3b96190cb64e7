package io.purgeline.worker.testing;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.Unlinked;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A real root; a test overrides the call that something happens at. */
public abstract class ForwardingDirectoryStore implements DirectoryStore {

  private final DirectoryStore root;

  protected ForwardingDirectoryStore(DirectoryStore root) {
    this.root = root;
  }

  @Override
  public Optional<String> identity() {
    return root.identity();
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
  public void plant(String path, String file, byte[] content) {
    root.plant(path, file, content);
  }

  @Override
  public void close() {
    root.close();
  }
}
