package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.Unlinked;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A directory root on Linux. See {@link DirectoryStore} for what it guarantees. */
public final class LinuxDirectoryStore implements DirectoryStore {

  /** Threads per purge. More than the cores, because an unlink mostly waits for the disk. */
  public static final int DEFAULT_PARALLELISM = 8;

  private final Root root;
  private final ChildOpener opener;
  private final Crew crew;

  private LinuxDirectoryStore(Root root, ChildOpener opener, Crew crew) {
    this.root = root;
    this.opener = opener;
    this.crew = crew;
  }

  /**
   * A store for the directory at the path, which need not be there yet: until it is, every
   * operation ends as an outage.
   *
   * @param parallelism how many threads may unlink at the same time, 1 to 256
   * @throws UnsupportedOperationException this system lacks what keeps a purge inside its root
   */
  public static LinuxDirectoryStore open(Path root, int parallelism) {
    return open(root, parallelism, ChildOpener.ofThisMachine());
  }

  static LinuxDirectoryStore open(Path root, int parallelism, ChildOpener opener) {
    return new LinuxDirectoryStore(new Root(root), opener, new Crew(parallelism));
  }

  @Override
  public Optional<String> identity() {
    return root.marker();
  }

  @Override
  public void mark(String identity) {
    try (var here = root.open()) {
      RootMarker.write(here, identity);
    }
    root.expect(identity);
  }

  @Override
  public void expect(String identity) {
    root.expect(identity);
  }

  @Override
  public Optional<TreeIdentity> look(String path) {
    var wanted = TargetPath.of(path);
    try (var here = root.enter()) {
      var found = Target.open(opener, here, wanted);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (var target = found.get()) {
        target.refuseMountsInside();
        return Optional.of(target.identity());
      }
    }
  }

  @Override
  public boolean moveAside(String path, UUID task, TreeIdentity expected) {
    var wanted = TargetPath.of(path);
    try (var here = root.enter()) {
      return new TrashRename(opener, here, task, expected).move(wanted);
    }
  }

  @Override
  public boolean isAside(UUID task) {
    try (var here = root.enter()) {
      var found = Trash.open(opener, here);
      if (found.isEmpty()) {
        return false;
      }
      try (var trash = found.get()) {
        return trash.identity(task).isPresent();
      }
    }
  }

  @Override
  public Optional<TreeSize> count(UUID task, BooleanSupplier stop) {
    return inTrash(task, tree -> count(tree, stop), Optional.of(TreeSize.EMPTY));
  }

  @Override
  public Unlinked unlink(UUID task, UnlinkControl control) {
    var unlinker = new ParallelUnlinker(opener, crew);
    var nothing = new Unlinked(TreeSize.EMPTY, true, 0, TreeSize.EMPTY);
    return inTrash(task, tree -> unlinker.unlink(tree, control), nothing);
  }

  @Override
  public void plant(String path, String file, byte[] content) {
    var wanted = TargetPath.of(path);
    try (var here = root.enter()) {
      new NewDirectory(opener, here).plant(wanted, TargetPath.bytes(file), content);
    }
  }

  @Override
  public void close() {
    crew.close();
  }

  private Optional<TreeSize> count(Directory tree, BooleanSupplier stop) {
    var counter = new TreeCounter(stop);
    var walk = new TreeWalk(opener, crew, tree, () -> counter);
    walk.run();
    return walk.isHalted() ? Optional.empty() : Optional.of(counter.counted());
  }

  /** What the walk of the task's tree in the trash says. */
  private <T> T inTrash(UUID task, Function<Directory, T> walk, T absent) {
    try (var here = root.enter()) {
      var found = Trash.open(opener, here);
      if (found.isEmpty()) {
        return absent;
      }
      try (var trash = found.get()) {
        return trash.tree(task).map(walk).orElse(absent);
      }
    }
  }
}
