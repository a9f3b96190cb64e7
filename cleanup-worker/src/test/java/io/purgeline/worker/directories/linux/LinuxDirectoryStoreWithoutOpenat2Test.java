package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.DirectoryStoreContract;
import java.nio.file.Path;

/** As on kernels, and in sandboxes, that have no openat2. */
final class LinuxDirectoryStoreWithoutOpenat2Test extends DirectoryStoreContract {

  @Override
  protected DirectoryStore open(Path root, int parallelism) {
    return LinuxDirectoryStore.open(root, parallelism, ChildOpener.stepwise());
  }
}
