package io.purgeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit trail can be added to and checked, and not be changed. */
class AuditTest {

  private static final String INSERT =
      "insert into audit_entry (actor, act, outcome) values ('late', 'act', 'ok')";

  private DataSource source;
  private JdbcTemplate jdbc;
  private TransactionTemplate transactions;
  private AuditTrail trail;
  private AuditSealer sealer;
  private AuditVerifier verifier;

  @BeforeEach
  void start() {
    source = PostgresServer.shared().newMigratedDatabase().dataSourceInSchema();
    jdbc = new JdbcTemplate(source);
    transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    trail = new AuditTrail(JdbcClient.create(source));
    sealer = new AuditSealer(transactions, jdbc);
    verifier = new AuditVerifier(transactions, jdbc);
  }

  @Test
  void verifiesAnEmptyTrail() {
    assertThat(verifier.verify()).isEqualTo(new AuditVerification(true, null, 0, 0, null));
  }

  @Test
  void sealsEveryEntryIntoAChain() {
    record(2_500);
    assertThat(verifier.verify()).isEqualTo(new AuditVerification(true, null, 0, 2_500, null));

    assertThat(sealer.runOnce()).isEqualTo(1_000);
    assertThat(sealer.runOnce()).isEqualTo(1_000);
    assertThat(sealer.runOnce()).isEqualTo(500);
    assertThat(sealer.runOnce()).isZero();

    var verification = verifier.verify();
    assertThat(verification.ok()).isTrue();
    assertThat(verification.sealed()).isEqualTo(2_500);
    assertThat(verification.unsealed()).isZero();
    assertThat(verification.head()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set reason = 'another' where id = 3",
        "update audit_entry set at = at + interval '1 microsecond' where id = 3",
        "update audit_entry set detail = '{\"a\": 2}' where id = 3",
        "update audit_seal set hash = sha256('x') where seq = 3",
        "delete from audit_seal where seq = 3"
      })
  void findsWhatWasChanged(String change) {
    record(5);
    sealer.runOnce();

    asSuperuser(change);

    var verification = verifier.verify();
    assertThat(verification.ok()).isFalse();
    assertThat(verification.brokenAt()).isBetween(3L, 4L);
  }

  @Test
  void findsAnEntryThatWasTakenOutOfTheQueueOfTheSealer() {
    record(2);

    asSuperuser("delete from audit_unsealed where entry_id = 1");

    assertThat(verifier.verify().ok()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set actor = 'nobody'",
        "delete from audit_entry",
        "truncate audit_entry cascade",
        "update audit_seal set seq = seq + 1",
        "delete from audit_seal",
        "truncate audit_seal"
      })
  void refusesEveryChange(String change) {
    record(1);
    sealer.runOnce();

    assertThatThrownBy(() -> jdbc.execute(change))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("append-only");
  }

  @Test
  void sealsAnEntryThatIsCommittedLate() throws SQLException {
    try (var late = begin()) {
      late.createStatement().execute(INSERT);
      record(3);
      assertThat(sealer.runOnce()).isEqualTo(3);
      late.commit();
    }

    assertThat(sealer.runOnce()).isOne();
    assertThat(verifier.verify().ok()).isTrue();
    assertThat(verifier.verify().sealed()).isEqualTo(4);
  }

  @Test
  void verifiesWhileOthersWriteAndSeal() throws Exception {
    try (var others = Executors.newFixedThreadPool(2)) {
      var writing = others.submit(() -> IntStream.range(0, 60).forEach(i -> record(10)));
      var sealing =
          others.submit(() -> {
            while (!writing.isDone()) {
              sealer.runOnce();
            }
          });
      while (!sealing.isDone()) {
        assertThat(verifier.verify().ok()).isTrue();
      }
      writing.get();
      sealing.get();
    }
  }

  private Connection begin() throws SQLException {
    var connection = source.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Writes entries in one transaction. */
  private void record(int entries) {
    transactions.executeWithoutResult(tx -> {
      for (int i = 0; i < entries; i++) {
        var detail = "{\"a\": 1, \"i\": " + i + "}";
        trail.record(
            new AuditEntry("ann", "dataset.delete", "dataset", "id", "why", "ok", null, detail));
      }
    });
  }

  /** Somebody who may switch the triggers off. */
  private void asSuperuser(String change) {
    jdbc.execute("set session_replication_role = replica; " + change);
  }
}
