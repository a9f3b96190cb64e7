package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.DirectoryStoreContract;
import java.nio.file.Path;

final class LinuxDirectoryStoreTest extends DirectoryStoreContract {

  @Override
  protected DirectoryStore open(Path root, int parallelism) {
    return LinuxDirectoryStore.open(root, parallelism);
  }
}
