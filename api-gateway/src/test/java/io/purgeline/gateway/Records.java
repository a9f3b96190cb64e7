package io.purgeline.gateway;

import io.purgeline.database.Ids;
import io.purgeline.deletion.DeletionProgress;
import io.purgeline.location.Location;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes records as the catalogue would, and purges as a worker would. */
public final class Records {

  private static final AtomicLong COUNTER = new AtomicLong();

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final DeletionProgress progress;

  Records(JdbcClient sql, TransactionTemplate transactions, DeletionProgress progress) {
    this.sql = sql;
    this.transactions = transactions;
    this.progress = progress;
  }

  /** A name that no other record has. */
  public static String name(String prefix) {
    return prefix + "-" + COUNTER.incrementAndGet();
  }

  /** A dataset with three samples of 100 bytes and one location. */
  public UUID dataset() {
    return dataset(name("dataset"), null);
  }

  public UUID dataset(String name, @Nullable UUID job) {
    var id = dataset(name, "iq_raw", job);
    var location =
        location("dataset", id.toString(), "s3://main/heimdall-synthetic-iq/synthetic/" + id + "/");
    sql.sql(
            """
            insert into sample (dataset_id, location_id, sample_idx, object_key, size_bytes)
            select :id, :location, n, 'synthetic/' || :id || '/' || n, 100 from generate_series(1, 3) n
            """)
        .param("id", id)
        .param("location", location)
        .update();
    return id;
  }

  public UUID dataset(String name, String type, @Nullable UUID job) {
    var id = Ids.next();
    sql.sql(
            """
            insert into dataset (id, name, type, created_by_job_id, sample_count, sample_bytes, owner)
            values (:id, :name, :type, :job, 3, 300, 'bob')
            """)
        .param("id", id)
        .param("name", name)
        .param("type", type)
        .param("job", job)
        .update();
    return id;
  }

  public UUID location(String kind, String owner, String uri) {
    var id = Ids.next();
    var location = Location.parse(uri);
    sql.sql(
            """
            insert into storage_location (id, owner_kind, owner_id, uri, span)
            values (:id, :kind, :owner, :uri, key_range(:first, :behind))
            """)
        .param("id", id)
        .param("kind", kind)
        .param("owner", owner)
        .param("uri", location.uri())
        .param("first", location.spanStart())
        .param("behind", location.spanEnd())
        .update();
    return id;
  }

  public UUID job(String type, String status) {
    var id = Ids.next();
    sql.sql(
            "insert into job (id, name, type, status, owner) values (:id, :name, :type, :status, 'bob')")
        .param("id", id)
        .param("name", name("job"))
        .param("type", type)
        .param("status", status)
        .update();
    return id;
  }

  public String training(String status, UUID... datasets) {
    var id = "train_" + Ids.next().toString().replace("-", "");
    sql.sql("insert into training (id, name, status, owner) values (:id, :name, :status, 'bob')")
        .param("id", id)
        .param("name", "training of " + id)
        .param("status", status)
        .update();
    for (var dataset : datasets) {
      sql.sql("insert into training_dataset values (:id, :dataset)")
          .param("id", id)
          .param("dataset", dataset)
          .update();
    }
    location("training", id, "dir://trainings/" + id);
    return id;
  }

  public UUID model(String name, boolean active, boolean production, UUID... datasets) {
    var id = Ids.next();
    sql.sql(
            """
            insert into model (id, name, version, is_active, is_production, owner)
            values (:id, :name, :version, :active, :production, 'bob')
            """)
        .param("id", id)
        .param("name", name)
        .param("version", id.toString())
        .param("active", active)
        .param("production", production)
        .update();
    for (var dataset : datasets) {
      sql.sql("insert into model_dataset values (:id, :dataset)")
          .param("id", id)
          .param("dataset", dataset)
          .update();
    }
    return id;
  }

  public void madeBy(String training, UUID model) {
    sql.sql("update model set training_id = :training where id = :model")
        .param("training", training)
        .param("model", model)
        .update();
  }

  /** Brings a deletion's tasks to a state, with two objects of 100 bytes purged in each. */
  public void work(UUID deletion, String state) {
    transactions.executeWithoutResult(tx -> {
      sql.sql(
              """
              update purge_task set state = :state, objects_planned = 2, objects_purged = 2,
                                    bytes_planned = 200, bytes_purged = 200
              where deletion_id = :id
              """)
          .param("state", state)
          .param("id", deletion)
          .update();
      progress.refresh(deletion);
    });
  }

  /** Every row of the catalogue, and how many there are of what its changes and operators write. */
  public String everything() {
    return sql.sql(
            """
            select concat_ws('|', (select json_agg(t order by id) from job t), (select json_agg(t order by id) from dataset t),
              (select json_agg(t order by id) from training t), (select json_agg(t order by id) from model t),
              (select json_agg(t order by id) from storage_location t), (select count(*) from sample),
              (select count(*) from deletion), (select count(*) from purge_task), (select count(*) from outbox),
              (select count(*) from audit_entry where outcome = 'accepted'), (select count(*) from replay),
              (select json_agg(t) from purge_freeze t), (select json_agg(t order by place) from store_identity t))
            """)
        .query(String.class)
        .single();
  }

  public long count(String from) {
    return sql.sql("select count(*) from " + from).query(Long.class).single();
  }

  public boolean exists(String table, Object id) {
    return sql.sql("select exists (select from " + table + " where id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }
}
