package io.purgeline.outbox;

/**
 * What one run of the relay did.
 *
 * @param confirmed rows the broker took; they are gone from the outbox
 * @param returned rows no queue is bound for; they stay
 * @param rejected rows the broker refused; they stay
 * @param unanswered rows the broker said nothing about in time; they stay and may be published
 *     twice
 */
public record RelayReport(int confirmed, int returned, int rejected, int unanswered) {

  /** Nothing was due. */
  static final RelayReport NOTHING = new RelayReport(0, 0, 0, 0);

  /** How many rows were taken up. */
  public int total() {
    return confirmed + failed();
  }

  /** How many of them stay in the outbox. */
  public int failed() {
    return returned + rejected + unanswered;
  }
}
