package io.purgeline.worker.directories.linux;

/** Why even root may not remove an entry: an attribute that a person has set. */
final class Immutability {

  private Immutability() {}

  /** The error in words; for EPERM with the attribute that causes it, if there is one. */
  static String explain(int errno, Stat entry, Handle directory) {
    var text = Errno.textOf(errno);
    if (errno != Errno.EPERM.number()) {
      return text;
    }
    if (entry.isImmutable()) {
      return text + ": it is immutable (chattr +i)";
    }
    if (entry.isAppendOnly()) {
      return text + ": it is append-only (chattr +a)";
    }
    var parent = Stat.of(directory);
    if (parent.isImmutable()) {
      return text + ": its directory is immutable (chattr +i)";
    }
    return parent.isAppendOnly() ? text + ": its directory is append-only (chattr +a)" : text;
  }
}
