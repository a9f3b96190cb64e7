package io.purgeline.worker.directories.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The file in a root that tells it from another one. Written whole or not at all, never again. */
final class RootMarker {

  private static final byte[] NAME = TargetPath.bytes(DirectoryStore.MARKER);
  private static final int LONGEST = 255;

  private RootMarker() {}

  /**
   * The marker's text; empty where the root has no such file.
   *
   * @throws StoreUnavailableException the marker is no ordinary file with a short text
   */
  static Optional<String> read(Handle root) {
    int flags = OpenFlags.HERE.realFile();
    int opened = Libc.openat(root.fd(), Scratch.mine().name(NAME), flags, 0);
    if (Errno.ENOENT.is(opened)) {
      return Optional.empty();
    }
    if (opened < 0) {
      throw Failures.unavailable("The marker " + DirectoryStore.MARKER, -opened);
    }
    try (var file = new Handle(opened)) {
      if (!Stat.of(file).isRegularFile()) {
        throw broken("is not a file");
      }
      return Optional.of(text(file));
    }
  }

  /** Refuses to replace a marker. */
  static void write(Handle root, String text) {
    var bytes = TargetPath.bytes(text);
    if (text.isBlank() || !text.equals(text.strip()) || bytes.length > LONGEST) {
      throw new IllegalArgumentException("No marker: '" + text + "'");
    }
    var temporary = TargetPath.bytes(DirectoryStore.MARKER + "." + UUID.randomUUID());
    try {
      writeFile(root, temporary, bytes);
      install(root, temporary);
    } finally {
      Libc.unlinkat(root.fd(), Scratch.mine().name(temporary), 0); // ENOENT after a rename
    }
    root.sync();
  }

  private static void writeFile(Handle root, byte[] name, byte[] bytes) {
    int created = SmallFile.create(root, name, bytes, DirectoryStore.MARKER);
    if (created < 0) {
      throw Failures.of(DirectoryStore.MARKER, -created);
    }
  }

  private static void install(Handle root, byte[] temporary) {
    var from = Scratch.mine().name(temporary);
    var to = Scratch.mine().secondName(NAME);
    int answer = Libc.renameat2(root.fd(), from, root.fd(), to, Libc.RENAME_NOREPLACE);
    if (Errno.EINVAL.is(answer)) {
      // Network file systems cannot rename so; a new link does not replace anything either.
      answer = Libc.linkat(root.fd(), from, root.fd(), to);
    }
    if (answer < 0) {
      throw Failures.of(DirectoryStore.MARKER, -answer);
    }
  }

  private static String text(Handle file) {
    var content = Scratch.mine().content();
    int length = Libc.read(file.fd(), content);
    if (length < 0) {
      throw Failures.unavailable("The marker " + DirectoryStore.MARKER, -length);
    }
    var bytes = content.asSlice(0, length).toArray(JAVA_BYTE);
    var text = new String(bytes, StandardCharsets.UTF_8).strip();
    if (text.isEmpty() || length > LONGEST) {
      throw broken(text.isEmpty() ? "is empty" : "is too long");
    }
    return text;
  }

  private static StoreUnavailableException broken(String how) {
    return new StoreUnavailableException("The marker " + DirectoryStore.MARKER + " " + how, null);
  }
}
