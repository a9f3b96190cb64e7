package io.purgeline.worker.place;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.testing.ForwardingDirectoryStore;
import java.util.Optional;

/** A real root; something happens right after its identity was asked for the first time. */
final class LateLook extends ForwardingDirectoryStore {

  private final Runnable meanwhile;
  private boolean looked;

  LateLook(DirectoryStore root, Runnable meanwhile) {
    super(root);
    this.meanwhile = meanwhile;
  }

  @Override
  public Optional<String> identity() {
    var seen = super.identity();
    if (!looked) {
      looked = true;
      meanwhile.run();
    }
    return seen;
  }
}
