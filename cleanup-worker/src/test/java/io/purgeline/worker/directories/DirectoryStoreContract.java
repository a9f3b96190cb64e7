package io.purgeline.worker.directories;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link DirectoryStore} guarantees. After each test the neighbours are compared. */
public abstract class DirectoryStoreContract
    implements LookContract,
        MountContract,
        MoveAsideContract,
        CountContract,
        UnlinkContract,
        LinksContract,
        FailureContract,
        WriterContract,
        RootContract,
        PlantContract {

  @TempDir private Path base;
  private Disk disk;
  private DirectoryStore store;
  private DirectoryStore storeOfOneThread;

  protected abstract DirectoryStore open(Path root, int parallelism);

  @BeforeEach
  void prepare() {
    disk = new Disk(base);
    store = open(disk.root(), 8);
    storeOfOneThread = open(disk.root(), 1);
  }

  @AfterEach
  void neighboursAreUntouched() {
    store.close();
    storeOfOneThread.close();
    disk.assertNeighboursAreUntouched();
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public DirectoryStore store() {
    return store;
  }

  @Override
  public DirectoryStore storeOfOneThread() {
    return storeOfOneThread;
  }

  @Override
  public DirectoryStore storeOf(Path root) {
    return open(root, 1);
  }
}
