package io.purgeline.worker.directories.linux;

import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A root by its path. Opened anew by every operation: a handle kept for long would hold up an
 * unmount and then still lead to the file system that is no longer there.
 */
final class Root {

  private final String path;
  private final byte[] pathBytes;
  private final AtomicReference<@Nullable RootIdentity> known = new AtomicReference<>();

  Root(Path path) {
    this.path = path.toAbsolutePath().toString();
    this.pathBytes = this.path.getBytes(Charset.forName(System.getProperty("sun.jnu.encoding")));
  }

  /** Opens what is at the path now, whatever it is the root of. */
  Handle open() {
    int flags = OpenFlags.HERE.directory() | OpenFlags.CLOSE_ON_EXEC;
    int opened = Libc.openat(Libc.AT_FDCWD, Scratch.mine().name(pathBytes), flags, 0);
    if (opened < 0) {
      throw Failures.unavailable("The root " + path, -opened);
    }
    return new Handle(opened);
  }

  /** Opens the root that is known; another one in its place is an outage. */
  Handle enter() {
    var root = open();
    try {
      check(RootIdentity.of(root));
      return root;
    } catch (RuntimeException other) {
      root.close();
      throw other;
    }
  }

  /** The marker of what is at the path now. The first marker ever seen becomes the known one. */
  Optional<String> marker() {
    try (var root = open()) {
      var now = RootIdentity.of(root);
      known.updateAndGet(
          before -> before == null || (!before.hasMarker() && now.hasMarker()) ? now : before);
      return now.marker();
    }
  }

  void expect(String marker) {
    known.set(RootIdentity.marked(marker));
  }

  private void check(RootIdentity now) {
    known.compareAndSet(null, now);
    var before = known.get();
    if (before != null && !before.accepts(now)) {
      throw new StoreUnavailableException(
          "At %s there is another root than before: expected %s, found %s"
              .formatted(path, before, now),
          null);
    }
  }
}
