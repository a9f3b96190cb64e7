package io.purgeline.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The hash that ties an entry to all before it: SHA-256 over the hash before and the entry's
 * columns, each preceded by its length, so that no two different entries read the same.
 */
final class AuditChain {

  /** The columns an entry's hash covers, all as text, in this order. */
  static final String COLUMNS =
      """
      e.id::text, (extract(epoch from e.at) * 1000000)::bigint::text, e.actor, e.act, e.resource_kind, e.resource_id,
      e.reason, e.outcome, e.deletion_id::text, e.detail::text
      """;

  private static final int COLUMN_COUNT = 10;

  /** What the first entry follows. */
  static final byte[] START = new byte[32];

  private AuditChain() {}

  /**
   * The hash of the entry in the result's current row, its columns beginning with the given one.
   */
  static byte[] next(byte[] previous, ResultSet row, int firstColumn) throws SQLException {
    var digest = sha256();
    digest.update(previous);
    for (int column = firstColumn; column < firstColumn + COLUMN_COUNT; column++) {
      var value = row.getString(column);
      var bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
      digest.update((value == null ? "-:" : bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
