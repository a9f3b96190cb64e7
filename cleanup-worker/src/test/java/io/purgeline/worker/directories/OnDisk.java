package io.purgeline.worker.directories;

/** What every part of the contract is run on. */
interface OnDisk {

  Disk disk();

  /** The store of the disk's root. */
  DirectoryStore store();

  /** Another store of the same root, whose purges use one thread only. */
  DirectoryStore storeOfOneThread();
}
