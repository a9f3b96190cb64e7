package io.purgeline.deletion;

/** Why a purge failed. */
public enum FailureClass {
  /** The store as a whole is out of reach; nothing counts as an attempt. */
  OUTAGE,
  /** This object or directory can't be removed. */
  ITEM,
  /** An error in the program. */
  BUG,
  /** The task killed its worker again and again. */
  CRASH_LOOP,
  /** A message nobody can read. */
  UNREADABLE
}
