package io.purgeline.worker.directories.linux;

import java.util.Locale;

/**
 * The flags of {@code open} whose values differ by architecture. The values of one are other,
 * harmless flags on the next, so that both guards would vanish silently: an unknown architecture is
 * refused.
 */
record OpenFlags(int directory, int noFollow) {

  static final int CREATE = 0x40;
  static final int EXCLUSIVE = 0x80;
  static final int WRITE_ONLY = 1;
  static final int NON_BLOCKING = 0x800;
  static final int CLOSE_ON_EXEC = 0x80000;

  /** The flags of the machine this runs on. */
  static final OpenFlags HERE = of(System.getProperty("os.name"), System.getProperty("os.arch"));

  static OpenFlags of(String system, String architecture) {
    if (!system.equals("Linux")) {
      throw new UnsupportedOperationException(
          "Directories can be purged on Linux only, this is " + system);
    }
    return switch (architecture.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> new OpenFlags(0x10000, 0x20000);
      case "aarch64" -> new OpenFlags(0x4000, 0x8000);
      default ->
          throw new UnsupportedOperationException(
              "Directories can be purged on x86-64 and aarch64 only, this is " + architecture);
    };
  }

  /** To list a directory that must not be a symbolic link. */
  int realDirectory() {
    return directory | noFollow | CLOSE_ON_EXEC;
  }

  /** To read a file that must not be a symbolic link, without waiting for the writer of a FIFO. */
  int realFile() {
    return noFollow | NON_BLOCKING | CLOSE_ON_EXEC;
  }

  /** To write a file that must not exist yet. */
  int newFile() {
    return CREATE | EXCLUSIVE | WRITE_ONLY | noFollow | CLOSE_ON_EXEC;
  }
}
