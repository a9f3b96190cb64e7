package io.purgeline.worker.directories.linux;

/** An open file descriptor, closed once. */
record Handle(int fd) implements AutoCloseable {

  /** Makes what was renamed or removed in this directory survive a crash of the machine. */
  void sync() {
    int answer = Libc.fsync(fd);
    // Some network file systems cannot sync a directory: there every change is already durable.
    if (answer < 0 && answer != -Errno.EINVAL.number()) {
      throw Failures.unavailable("A directory cannot be synced", -answer);
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
