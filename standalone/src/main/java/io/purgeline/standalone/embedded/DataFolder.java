package io.purgeline.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The data folder, held by one process at a time. The operating system gives the lock back however
 * that process ends, so whatever still runs in a folder that could be locked is a leftover.
 */
final class DataFolder implements AutoCloseable {

  private static final String LOCK = "purgeline.lock";

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the folder when absent.
   *
   * @throws FolderInUseException if another process holds it
   */
  static DataFolder hold(Path path) {
    try {
      Files.createDirectories(path);
      var real = path.toRealPath();
      return new DataFolder(real, lock(real));
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + path + " cannot be used", e);
    }
  }

  Path path() {
    return path;
  }

  /** Removes everything in it but the lock. */
  void clear() {
    try (var entries = Files.list(path)) {
      for (var entry : entries.filter(DataFolder::isNoLock).toList()) {
        FileSystemUtils.deleteRecursively(entry); // follows no link
      }
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + path + " cannot be emptied", e);
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + path + " cannot be released", e);
    }
  }

  private static boolean isNoLock(Path entry) {
    return !entry.endsWith(LOCK);
  }

  private static FileChannel lock(Path folder) throws IOException {
    var channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new FolderInUseException(folder);
    }
    return channel;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable Object held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException _) {
      return false; // held by this very JVM
    }
  }
}
