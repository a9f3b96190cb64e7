package io.purgeline.worker.directories;

import java.nio.file.Path;
import java.util.UUID;

/** What every part of the contract is run on. */
interface OnDisk {

  Disk disk();

  /** The store of the disk's root. */
  DirectoryStore store();

  /** Another store of the same root, whose purges use one thread only. */
  DirectoryStore storeOfOneThread();

  /** A store of another root, for the caller to close. */
  DirectoryStore storeOf(Path root);

  /** How many files the directory with very many of them has. */
  default int veryMany() {
    return 20_000;
  }

  /** What the task's tree holds now. */
  default TreeSize count(UUID task) {
    return store().count(task, () -> false).orElseThrow();
  }
}
