package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.DirectoryStoreContract;
import java.nio.file.Path;

final class LinuxDirectoryStoreTest extends DirectoryStoreContract {

  @Override
  protected DirectoryStore open(Path root, int parallelism) {
    return LinuxDirectoryStore.open(root, parallelism);
  }

  /** A million of them are made and removed in minutes where the machine is slow. */
  @Override
  public int veryMany() {
    return Boolean.getBoolean("purgeline.test.all") ? 1_000_000 : super.veryMany();
  }
}
