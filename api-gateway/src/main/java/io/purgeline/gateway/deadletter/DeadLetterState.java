package io.purgeline.gateway.deadletter;

/** Where a dead letter stands. */
enum DeadLetterState {
  /** Somebody has to decide. */
  OPEN,
  /** Put back: its purge is tried again. */
  REPLAYING,
  /** Its purge went through after all. */
  RESOLVED,
  /** An operator accepted that its bytes stay. */
  DISCARDED
}
