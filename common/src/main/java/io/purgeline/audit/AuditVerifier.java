package io.purgeline.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionOperations;

/** Computes the chain anew, entry by entry; memory does not grow with its length. */
public final class AuditVerifier {

  private final TransactionOperations transactions;
  private final JdbcTemplate jdbc;

  public AuditVerifier(TransactionOperations transactions, JdbcTemplate jdbc) {
    this.transactions = transactions;
    this.jdbc = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
    this.jdbc.setFetchSize(1_000); // with a transaction, a cursor instead of the whole result
  }

  public AuditVerification verify() {
    return Objects.requireNonNull(transactions.execute(tx -> walk()));
  }

  private AuditVerification walk() {
    var chain = new Chain();
    jdbc.query(
        "select s.seq, s.hash, "
            + AuditChain.COLUMNS
            + " from audit_seal s left join audit_entry e on e.id = s.entry_id order by s.seq",
        chain);
    var waiting = waiting();
    return new AuditVerification(
        chain.brokenAt == null && waiting.isComplete(),
        chain.head(),
        chain.sealed,
        waiting.unsealed(),
        chain.brokenAt);
  }

  /** In one statement, so that entries and their places in the queue are seen at one moment. */
  private Waiting waiting() {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            """
            select (select count(*) from audit_entry e
                    where not exists (select from audit_seal s where s.entry_id = e.id)),
                   (select count(*) from audit_unsealed)
            """,
            (row, n) -> new Waiting(row.getLong(1), row.getLong(2))));
  }

  private record Waiting(long unsealed, long queued) {

    /** Whether every entry without a seal waits for one. */
    boolean isComplete() {
      return unsealed == queued;
    }
  }

  private static final class Chain implements RowCallbackHandler {

    private byte[] last = AuditChain.START;
    private long sealed;
    private @Nullable Long brokenAt;

    @Override
    public void processRow(ResultSet row) throws SQLException {
      var seq = row.getLong(1);
      var expected = AuditChain.next(last, row, 3);
      last = row.getBytes(2);
      sealed++;
      if (brokenAt == null && (seq != sealed || !Arrays.equals(last, expected))) {
        brokenAt = seq;
      }
    }

    @Nullable String head() {
      return sealed == 0 ? null : HexFormat.of().formatHex(last);
    }
  }
}
