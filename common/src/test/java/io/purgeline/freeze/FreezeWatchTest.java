package io.purgeline.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An order is obeyed within two seconds, also where it cannot be seen. */
class FreezeWatchTest {

  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(1);

  private FreezeSwitch freeze;
  private FreezeWatch watch;
  private Connection other;

  @BeforeEach
  void start() throws SQLException {
    var source = PostgresServer.shared().newMigratedDatabase().dataSourceInSchema();
    freeze = new FreezeSwitch(JdbcClient.create(source));
    other = source.getConnection();
    watch = new FreezeWatch(freeze);
    awaitThawed();
  }

  @AfterEach
  void stop() throws SQLException {
    other.close();
    watch.close();
  }

  @Test
  void seesAnOrderAndItsEnd() {
    freeze.freeze("test", "test");
    awaitPromised();
    assertThat(watch.isFrozen()).isTrue();

    freeze.thaw();
    awaitThawed();
  }

  /** Every look waits for a lock: it fails late or never, and the order may long be there. */
  @Test
  void countsAsFrozenWhileALookGetsNoAnswer() throws SQLException {
    other.setAutoCommit(false);
    try (var statement = other.createStatement()) {
      statement.execute("lock table purge_freeze in access exclusive mode");
    }

    awaitPromised();
    assertThat(watch.isFrozen()).isTrue();

    other.rollback();
    awaitThawed();
  }

  /** The time within which an order that was just given has to be obeyed. */
  private static void awaitPromised() {
    var ordered = System.nanoTime();
    await().atMost(LONG).until(() -> System.nanoTime() - ordered > PROMISED.toNanos());
  }

  private void awaitThawed() {
    await().atMost(LONG).until(() -> !watch.isFrozen());
  }
}
