package io.purgeline.deletion;

import java.util.Locale;

/** What the API deletes. */
public enum ResourceKind {
  DATASET,
  JOB,
  TRAINING;

  /** The kind as it appears in JSON and in the database. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ResourceKind of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
