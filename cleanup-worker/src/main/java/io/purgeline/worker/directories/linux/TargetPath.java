package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.DirectoryStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path below a root that may be purged: one or more real names, not the trash and not in it.
 * Callers have checked it before; here it is checked again, because what follows cannot be undone.
 */
record TargetPath(List<String> names) {

  private static final int LONGEST_NAME = 255;

  static TargetPath of(String path) {
    var names = Arrays.asList(path.split("/", -1));
    for (var name : names) {
      check(path, name);
    }
    if (names.getFirst().equals(DirectoryStore.TRASH)) {
      throw Failures.refused(shown(path), Errno.EINVAL, "the trash is no location");
    }
    return new TargetPath(List.copyOf(names));
  }

  /** The name of the target in its parent directory. */
  byte[] last() {
    return bytes(names.getLast());
  }

  /** The directory that the target lies in; empty for the root. */
  Optional<TargetPath> parent() {
    return names.size() == 1
        ? Optional.empty()
        : Optional.of(new TargetPath(names.subList(0, names.size() - 1)));
  }

  /** The path down to the name at this position, for display. */
  String upTo(int position) {
    return shown(String.join("/", names.subList(0, position + 1)));
  }

  @Override
  public String toString() {
    return upTo(names.size() - 1);
  }

  static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static void check(String path, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw Failures.refused(
          shown(path), Errno.EINVAL, "a path needs names that are not empty, '.' or '..'");
    }
    if (name.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw Failures.refused(shown(path), Errno.EINVAL, "no file can have this name");
    }
    if (bytes(name).length > LONGEST_NAME) {
      throw Failures.refused(shown(path), Errno.ENAMETOOLONG, "a name of more than 255 bytes");
    }
  }

  private static String shown(String path) {
    return DisplayName.of(bytes(path));
  }
}
