package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Relays hear of rows only when they can see them. */
class OutboxSignalTest {

  private RelayFixture fixture;
  private OutboxSignal signal;
  private Connection listener;

  @BeforeEach
  void start() throws SQLException {
    fixture = new RelayFixture();
    signal = new OutboxSignal(fixture.jdbc());
    listener = fixture.source().getConnection();
    try (var statement = listener.createStatement()) {
      statement.execute("listen " + OutboxSignal.CHANNEL);
    }
  }

  @AfterEach
  void close() throws SQLException {
    listener.close();
    signal.close();
    fixture.close();
  }

  @Test
  void notifiesAfterTheCommitAndNotBefore() {
    fixture
        .transactions()
        .executeWithoutResult(tx -> {
          signal.afterCommit();
          assertThat(heardWithin(300)).isZero();
        });

    await().until(() -> heardWithin(100) > 0);
  }

  @Test
  void keepsSilentAboutARollback() {
    fixture
        .transactions()
        .executeWithoutResult(tx -> {
          signal.afterCommit();
          tx.setRollbackOnly();
        });

    assertThat(heardWithin(500)).isZero();
  }

  @Test
  void makesOneNotificationOfMany() {
    fixture
        .transactions()
        .executeWithoutResult(tx -> {
          for (int i = 0; i < 1_000; i++) {
            signal.afterCommit();
          }
        });

    await().until(() -> heardWithin(100) > 0);
    assertThat(heardWithin(300)).isLessThan(100);
  }

  private int heardWithin(int millis) {
    try {
      return listener.unwrap(PGConnection.class).getNotifications(millis).length;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
