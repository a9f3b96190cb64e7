package io.purgeline.gateway.deadletter;

/** Where a replay stands. */
enum ReplayState {
  /** Letters are put back, step by step. */
  RUNNING,
  /** An operator stopped it for now. */
  PAUSED,
  /** It stopped itself, or an operator did; what was not put back is open as before. */
  ABORTED,
  /** Every letter was put back and has its outcome. */
  DONE;

  boolean isFinal() {
    return this == ABORTED || this == DONE;
  }
}
