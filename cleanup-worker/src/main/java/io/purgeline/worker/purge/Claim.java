package io.purgeline.worker.purge;

/** What came of trying to take a task. */
sealed interface Claim {

  /** It is ours for as long as the lease lives. */
  record Claimed(PurgeTask task, Lease lease) implements Claim {}

  /** It is not to be worked on because of this message. */
  record NotClaimed(Why why) implements Claim {}

  /** Why a message is acknowledged without work. */
  enum Why {
    /** No such task: forged, or of another system. */
    UNKNOWN,
    /** An older message of the task, or a copy of one that was worked on already. */
    STALE,
    /** A worker holds it; should that one be lost, the task gets a new message. */
    HELD,
    /** Done, dead or discarded. */
    FINISHED
  }
}
