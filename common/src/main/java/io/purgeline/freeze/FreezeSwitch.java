package io.purgeline.freeze;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owner of the table {@code purge_freeze}. */
public final class FreezeSwitch {

  private final JdbcClient jdbc;

  public FreezeSwitch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<FreezeOrder> current() {
    return jdbc.sql("select actor, reason, since from purge_freeze")
        .query(FreezeSwitch::order)
        .optional();
  }

  /** Stops all purging. If it is stopped already, who stopped it first and why is kept. */
  public FreezeOrder freeze(String actor, String reason) {
    return jdbc.sql(
            """
            insert into purge_freeze (actor, reason) values (:actor, :reason)
            on conflict (only_one) do update set only_one = true
            returning actor, reason, since
            """)
        .param("actor", actor)
        .param("reason", reason)
        .query(FreezeSwitch::order)
        .single();
  }

  /**
   * Lets purging go on.
   *
   * @return whether it was stopped
   */
  public boolean thaw() {
    return jdbc.sql("delete from purge_freeze").update() > 0;
  }

  private static FreezeOrder order(ResultSet row, int number) throws SQLException {
    return new FreezeOrder(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant());
  }
}
