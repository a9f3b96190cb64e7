package io.purgeline.gateway.deletion;

/** What became of objects, or of their bytes; every planned one ends as exactly one of these. */
record Amounts(long planned, long purged, long alreadyAbsent, long retained, long failed) {

  static final Amounts NONE = new Amounts(0, 0, 0, 0, 0);

  Amounts plus(Amounts other) {
    return new Amounts(
        planned + other.planned,
        purged + other.purged,
        alreadyAbsent + other.alreadyAbsent,
        retained + other.retained,
        failed + other.failed);
  }
}
