package io.purgeline.worker.testing;

/** What became of the objects, or the bytes, of a task. */
public record Tally(long planned, long purged, long alreadyAbsent, long retained, long failed) {

  /** All of it was purged. */
  public static Tally purged(long amount) {
    return new Tally(amount, amount, 0, 0, 0);
  }

  /** Whether everything planned ended as exactly one of the others. */
  public boolean isBalanced() {
    return planned == purged + alreadyAbsent + retained + failed;
  }
}
