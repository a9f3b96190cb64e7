package io.purgeline.worker.directories;

/** A chain of directories, built from its end because no path reaches that far. */
final class DeepTree {

  private DeepTree() {}

  /** Each directory holds a file of the given size. */
  static void make(Disk disk, int levels, int size) {
    var built = disk.root().resolve("built");
    var next = disk.root().resolve("next");
    disk.file(built.resolve("file"), size);
    for (int level = 1; level < levels; level++) {
      disk.file(next.resolve("file"), size);
      disk.move(built, next.resolve("d"));
      disk.move(next, built);
    }
    disk.directory(disk.root().resolve("runs"));
    disk.move(built, disk.target());
  }
}
