package io.purgeline.worker.directories.linux;

import io.purgeline.worker.store.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The mounts of this process, from {@code /proc/self/mountinfo}. */
record MountTable(List<Mount> mounts) {

  /**
   * One mount.
   *
   * @param parent the id of the mount that its mount point lies in
   * @param point its path, raw bytes
   */
  record Mount(long id, long parent, byte[] point) {

    private boolean isAtOrBelow(byte[] path) {
      return startsWith(point, path)
          && (point.length == path.length || path.length == 1 || point[path.length] == '/');
    }
  }

  static MountTable read() {
    try {
      return parse(Files.readAllBytes(Path.of("/proc/self/mountinfo")));
    } catch (IOException | NumberFormatException unreadable) {
      throw new StoreUnavailableException("The mounts cannot be read", unreadable);
    }
  }

  static MountTable parse(byte[] mountinfo) {
    // ISO 8859-1 keeps every byte.
    return new MountTable(
        new String(mountinfo, StandardCharsets.ISO_8859_1)
            .lines()
            .map(line -> line.split(" ", 6))
            .map(f -> new Mount(Long.parseLong(f[0]), Long.parseLong(f[1]), unescape(f[4])))
            .toList());
  }

  /**
   * A mount point at or below the path of a directory in the mount with this id. One that lies
   * hidden under another mount does not count; where ids are unknown, every one counts.
   */
  Optional<Mount> inside(long mountId, byte[] path) {
    return mounts.stream()
        .filter(mount -> mountId == Stat.NO_MOUNT_ID || mount.parent == mountId)
        .filter(mount -> mount.isAtOrBelow(path))
        .findFirst();
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Space, tab, newline, backslash and {@code #} are written as a backslash and three digits. */
  private static byte[] unescape(String field) {
    var bytes = new ByteArrayOutputStream(field.length());
    for (int at = 0; at < field.length(); ) {
      if (field.charAt(at) == '\\' && at + 3 < field.length()) {
        bytes.write(Integer.parseInt(field, at + 1, at + 4, 8));
        at += 4;
      } else {
        bytes.write(field.charAt(at++));
      }
    }
    return bytes.toByteArray();
  }
}
