package io.purgeline.benchmarks;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.linux.LinuxDirectoryStore;
import io.purgeline.worker.store.ItemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * 100,000 files in 1,000 directories: moved aside, counted and unlinked as a purge does, beside
 * {@code rm -rf}. All trees are made before the first is removed.
 */
final class DirectoryBenchmark implements Benchmark {

  private static final int DIRECTORIES = 1_000;
  private static final int FILES_EACH = 100;

  @Override
  public void run(Scale scale) throws Exception {
    var root = Files.createTempDirectory("purgeline-bench-").toRealPath();
    var directories = scale.of(DIRECTORIES);
    System.out.printf(
        "%d files in %d directories under %s%n", directories * FILES_EACH, directories, root);
    try (var store = LinuxDirectoryStore.open(root, LinuxDirectoryStore.DEFAULT_PARALLELISM)) {
      store.mark("benchmark");
      makeTrees(root, directories);
      purge(store, "warm-up-purge", FILES_EACH * Math.min(50, directories));
      rm(root.resolve("warm-up-rm"));
      measure(root, store, directories * FILES_EACH);
    } finally {
      rm(root);
    }
  }

  private static void makeTrees(Path root, int directories) throws Exception {
    for (var kind : new String[] {"purge", "rm"}) {
      FileTree.make(root.resolve("warm-up-" + kind), Math.min(50, directories), FILES_EACH);
      for (int round = 0; round < ROUNDS; round++) {
        FileTree.make(root.resolve(kind + "-" + round), directories, FILES_EACH);
      }
    }
    Tool.find("sync").orElseThrow().run(Map.of());
  }

  private static void measure(Path root, DirectoryStore store, int files) throws Exception {
    var purged = new ArrayList<Double>();
    var removed = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      var number = round;
      if (round % 2 == 0) {
        purged.add(Stopwatch.seconds(() -> purge(store, "purge-" + number, files)));
        removed.add(Stopwatch.seconds(() -> rm(root.resolve("rm-" + number))));
      } else {
        removed.add(Stopwatch.seconds(() -> rm(root.resolve("rm-" + number))));
        purged.add(Stopwatch.seconds(() -> purge(store, "purge-" + number, files)));
      }
    }
    Table.header("what", "seconds min / median / max", "times as fast as rm, min / median / max");
    Table.row("purge", Spread.of(purged).show(2), Spread.ofRatios(removed, purged).show(2));
    Table.row("rm -rf", Spread.of(removed).show(2), "1");
  }

  private static boolean purge(DirectoryStore store, String path, int files) {
    var task = UUID.randomUUID();
    var tree = store.look(path).orElseThrow();
    var found =
        store.moveAside(path, task, tree)
            ? store.count(task, () -> false).orElseThrow()
            : TreeSize.EMPTY;
    var unlinked = store.unlink(task, new Undisturbed());
    if (found.entries() != files || !unlinked.gone() || unlinked.removed().entries() != files) {
      throw new IllegalStateException(path + ": counted " + found + ", removed " + unlinked);
    }
    return true;
  }

  private static boolean rm(Path tree) throws IOException, InterruptedException {
    Tool.find("rm").orElseThrow().run(Map.of(), "-rf", "--", tree.toString());
    return true;
  }

  private record Undisturbed() implements UnlinkControl {

    @Override
    public boolean stop() {
      return false;
    }

    @Override
    public void removed(TreeSize since) {}

    @Override
    public void failed(List<ItemFailure> page) {}
  }
}
