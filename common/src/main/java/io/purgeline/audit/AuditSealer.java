package io.purgeline.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Chains what was committed since its last run. One sealer works at a time, whoever comes first, so
 * that transactions never queue for the chain; the others find nothing to do.
 */
public final class AuditSealer {

  private static final int BATCH = 1_000;

  private final TransactionOperations transactions;
  private final JdbcOperations jdbc;

  public AuditSealer(TransactionOperations transactions, JdbcOperations jdbc) {
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /**
   * Seals up to a thousand entries.
   *
   * @return how many
   */
  public int runOnce() {
    return Objects.requireNonNull(transactions.execute(tx -> isOnlySealer() ? seal() : 0));
  }

  private boolean isOnlySealer() {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "select pg_try_advisory_xact_lock(hashtext('purgeline.audit_seal'))", Boolean.class));
  }

  private int seal() {
    var head = head();
    var seals = new ArrayList<Object[]>();
    jdbc.query(
        "select "
            + AuditChain.COLUMNS
            + " from audit_unsealed u join audit_entry e on e.id = u.entry_id order by e.id limit "
            + BATCH,
        row -> {
          var last = seals.isEmpty() ? head.hash() : (byte[]) seals.getLast()[2];
          seals.add(
              new Object[] {
                head.seq() + seals.size() + 1, row.getLong(1), AuditChain.next(last, row, 1)
              });
        });
    if (!seals.isEmpty()) {
      jdbc.batchUpdate("insert into audit_seal (seq, entry_id, hash) values (?, ?, ?)", seals);
      var sealed = seals.stream().map(seal -> (Long) seal[1]).toArray(Long[]::new);
      jdbc.update("delete from audit_unsealed where entry_id = any(?)", new Object[] {sealed});
    }
    return seals.size();
  }

  private Head head() {
    List<Head> heads =
        jdbc.query(
            "select seq, hash from audit_seal order by seq desc limit 1",
            (row, n) -> new Head(row.getLong(1), row.getBytes(2)));
    return heads.isEmpty() ? new Head(0, AuditChain.START) : heads.getFirst();
  }

  private record Head(long seq, byte[] hash) {}
}
