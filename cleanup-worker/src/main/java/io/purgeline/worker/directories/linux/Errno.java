package io.purgeline.worker.directories.linux;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The error numbers that get a name, and which of them say that the whole store is unwell. */
enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such file or directory"),
  EINTR(4, "interrupted", true),
  EIO(5, "input/output error", true),
  ENXIO(6, "no such device", true),
  ENOMEM(12, "the kernel is out of memory", true),
  EACCES(13, "permission denied"),
  EBUSY(16, "in use, or a mount point"),
  EEXIST(17, "exists already"),
  EXDEV(18, "a mount point, or on another mount"),
  ENODEV(19, "no such device", true),
  ENOTDIR(20, "not a directory"),
  EISDIR(21, "is a directory"),
  EINVAL(22, "invalid argument"),
  ENFILE(23, "too many open files on this machine"),
  EMFILE(24, "too many open files in this process"),
  ETXTBSY(26, "in use as a program"),
  ENOSPC(28, "no space left on the device"),
  EROFS(30, "the file system is read-only"),
  ENAMETOOLONG(36, "name too long"),
  ENOSYS(38, "not supported by this kernel"),
  ENOTEMPTY(39, "directory not empty"),
  ELOOP(40, "a symbolic link"),
  ENONET(64, "the machine is not on the network", true),
  ENOLINK(67, "the link was severed", true),
  ECOMM(70, "communication error", true),
  EPROTO(71, "protocol error", true),
  EUCLEAN(117, "the file system is damaged", true),
  EOVERFLOW(75, "value too large"),
  EOPNOTSUPP(95, "not supported by this file system"),
  ENETDOWN(100, "the network is down", true),
  ENETUNREACH(101, "the network is unreachable", true),
  ECONNABORTED(103, "connection aborted", true),
  ECONNRESET(104, "connection reset", true),
  ENOTCONN(107, "not connected", true),
  ESHUTDOWN(108, "shut down", true),
  ETIMEDOUT(110, "timed out", true),
  ECONNREFUSED(111, "connection refused", true),
  EHOSTDOWN(112, "the host is down", true),
  EHOSTUNREACH(113, "the host is unreachable", true),
  ESTALE(116, "stale file handle", true),
  EREMOTEIO(121, "remote input/output error", true),
  EDQUOT(122, "quota exceeded");

  private static final Map<Integer, Errno> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(Errno::number, Function.identity()));

  private final int number;
  private final String text;
  private final boolean outage;

  Errno(int number, String text) {
    this(number, text, false);
  }

  Errno(int number, String text, boolean outage) {
    this.number = number;
    this.text = text;
    this.outage = outage;
  }

  int number() {
    return number;
  }

  /** Whether a system call's answer is this error. */
  boolean is(int answer) {
    return answer == -number;
  }

  static String nameOf(int number) {
    var known = BY_NUMBER.get(number);
    return known == null ? "errno " + number : known.name();
  }

  static String textOf(int number) {
    var known = BY_NUMBER.get(number);
    return known == null ? "error number " + number : known.text;
  }

  /** Whether this error says nothing about the one entry, but that the store is unwell. */
  static boolean isOutage(int number) {
    var known = BY_NUMBER.get(number);
    return known != null && known.outage;
  }
}
