package io.purgeline.gateway.deadletter;

import io.purgeline.database.Ids;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.gateway.Api;
import io.purgeline.gateway.Records;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Purges that gave up, and a worker that takes up what is put back. */
final class Letters {

  private final Api api;
  private final Records records;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final DeletionProgress progress;

  Letters(
      Api api,
      Records records,
      JdbcClient sql,
      TransactionTemplate transactions,
      DeletionProgress progress) {
    this.api = api;
    this.records = records;
    this.sql = sql;
    this.transactions = transactions;
    this.progress = progress;
  }

  /** A deleted dataset whose purge gave up, with 200 bytes left. */
  UUID dead(String group) {
    return dead(api.delete("/datasets/" + records.dataset()).deletion(), group);
  }

  /** The same of a deletion with one task. */
  UUID dead(UUID deletion, String group) {
    var id = Ids.next();
    transactions.executeWithoutResult(tx -> {
      sql.sql("update purge_task set state = 'DEAD', slices = 1 where deletion_id = :id")
          .param("id", deletion)
          .update();
      sql.sql(
              """
              insert into dead_letter (id, task_id, deletion_id, class, generation, message, bytes, fingerprint, title,
                                       kind, store)
              select :id, t.id, t.deletion_id, 'ITEM', t.generation, 'denied', 200, :group, 'AccessDenied',
                     'dataset', t.queue
              from purge_task t where t.deletion_id = :deletion
              """)
          .param("id", id)
          .param("group", group)
          .param("deletion", deletion)
          .update();
      progress.refresh(deletion);
    });
    return id;
  }

  UUID unreadable(String group) {
    var id = Ids.next();
    sql.sql(
            """
            insert into dead_letter (id, class, message, fingerprint, title, body, body_digest)
            values (:id, 'UNREADABLE', 'no', :group, 'no', 'x', sha256(cast(:id as text)::bytea))
            """)
        .param("id", id)
        .param("group", group)
        .update();
    return id;
  }

  UUID deletionOf(UUID letter) {
    return sql.sql("select deletion_id from dead_letter where id = :id")
        .param("id", letter)
        .query(UUID.class)
        .single();
  }

  String state(UUID letter) {
    return sql.sql("select state from dead_letter where id = :id")
        .param("id", letter)
        .query(String.class)
        .single();
  }

  long inState(String group, String state) {
    return sql.sql("select count(*) from dead_letter where fingerprint = :group and state = :state")
        .param("group", group)
        .param("state", state)
        .query(Long.class)
        .single();
  }

  /** What a worker writes when a task that was put back goes through, or fails as before. */
  void conclude(UUID letter, boolean well) {
    transactions.executeWithoutResult(tx -> {
      sql.sql(
              """
              update purge_task set state = :state
              where id = (select task_id from dead_letter where id = :id) and state in ('PENDING', 'WAITING')
              """)
          .param("state", well ? "DONE" : "DEAD")
          .param("id", letter)
          .update();
      sql.sql(
              "update dead_letter set state = :state, resolved_at = case when :state = 'RESOLVED' then now() end where id = :id")
          .param("state", well ? "RESOLVED" : "OPEN")
          .param("id", letter)
          .update();
      sql.sql(
              """
              update replay_item set outcome = :outcome, fingerprint = (select fingerprint from dead_letter where id = :id)
              where dead_letter_id = :id and outcome is null and step is not null
              """)
          .param("outcome", well ? "RESOLVED" : "FAILED")
          .param("id", letter)
          .update();
      progress.refresh(deletionOf(letter));
    });
  }

  /** Concludes whatever is being replayed of a group. */
  void concludeAll(String group, boolean well) {
    replaying(group).forEach(letter -> conclude(letter, well));
  }

  List<UUID> replaying(String group) {
    return sql.sql("select id from dead_letter where fingerprint = :group and state = 'REPLAYING'")
        .param("group", group)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }
}
