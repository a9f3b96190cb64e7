package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A root with live neighbours around the target {@value #TARGET}, and a victim outside the root.
 * Their content must be the same after every test.
 */
final class Disk {

  static final String TARGET = "runs/run-1";

  private final Path base;
  private final Content before;

  Disk(Path base) {
    this.base = base;
    file(root().resolve("runs/run-10/weights.bin"), 700);
    file(root().resolve("runs/run-10/deep/er/optimizer.bin"), 70);
    file(root().resolve("runs/run/notes.txt"), 7);
    file(root().resolve("live.txt"), 17);
    file(victim().resolve("precious.bin"), 5000);
    file(victim().resolve("sub/precious.txt"), 50);
    this.before = liveContent();
  }

  Path root() {
    return base.resolve("root");
  }

  Path base() {
    return base;
  }

  Path target() {
    return root().resolve(TARGET);
  }

  Path victim() {
    return base.resolve("outside/victim");
  }

  Path trash() {
    return root().resolve(DirectoryStore.TRASH);
  }

  Path inTrash(UUID task) {
    return trash().resolve(task.toString());
  }

  /** A target of three files in two directories: 3 entries, 600 bytes. */
  void makeSmallTarget() {
    file(target().resolve("a.bin"), 100);
    file(target().resolve("sub/b.bin"), 200);
    file(target().resolve("sub/c.bin"), 300);
  }

  Path file(Path file, int size) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, new byte[size]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path link(Path link, Path to) {
    try {
      Files.createDirectories(link.getParent());
      return Files.createSymbolicLink(link, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the target and moves it into the trash. */
  UUID moveAside(DirectoryStore store) {
    var task = UUID.randomUUID();
    var found = store.look(TARGET).orElseThrow();
    assertThat(store.moveAside(TARGET, task, found)).isTrue();
    return task;
  }

  void assertNeighboursAreUntouched() {
    assertThat(liveContent()).isEqualTo(before);
  }

  private Content liveContent() {
    return Content.of(
        root().resolve("runs/run-10"),
        root().resolve("runs/run"),
        root().resolve("live.txt"),
        base.resolve("outside"));
  }
}
