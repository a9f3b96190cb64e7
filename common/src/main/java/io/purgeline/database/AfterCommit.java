package io.purgeline.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Work that must not be done for a transaction that does not come to pass. */
public final class AfterCommit {

  private AfterCommit() {}

  /**
   * Does the work once the current transaction has committed, and never if it is rolled back;
   * without a transaction, at once. The work must not fail: nobody is left to hear of it.
   */
  public static void run(Runnable work) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      work.run();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            work.run();
          }
        });
  }
}
