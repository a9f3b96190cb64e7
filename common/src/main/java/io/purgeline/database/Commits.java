package io.purgeline.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/** How a transaction commits. */
public final class Commits {

  private Commits() {}

  /**
   * Lets the running transaction commit without waiting for the disk. A crash of the database may
   * lose it, and whoever made it goes on unaware; the next commit that waits takes it to the disk,
   * too. So it is for what is done again if it is lost, and for nothing that is relied on. See <a
   * href="https://www.postgresql.org/docs/current/wal-async-commit.html">Asynchronous Commit</a>.
   */
  public static void withoutWaiting(JdbcClient jdbc) {
    jdbc.sql("set local synchronous_commit = off").update();
  }
}
