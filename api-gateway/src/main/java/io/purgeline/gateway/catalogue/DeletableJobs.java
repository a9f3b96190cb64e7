package io.purgeline.gateway.catalogue;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Jobs, as far as deleting goes. */
@Repository
public class DeletableJobs {

  private final JdbcClient jdbc;

  DeletableJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the job; from then on no dataset can be added to it. */
  public Optional<DeletableJob> lock(UUID id) {
    jdbc.sql("select id from job where id = :id for update").param("id", id).query().listOfRows();
    return find(id);
  }

  public Optional<DeletableJob> find(UUID id) {
    return jdbc.sql("select id, name, type, status from job where id = :id")
        .param("id", id)
        .query((row, n) ->
            new DeletableJob(
                id, row.getString("name"), row.getString("type"), row.getString("status")))
        .optional();
  }

  /** Everything the record says, and the datasets it made. */
  public String snapshot(UUID id) {
    return jdbc.sql(
            """
            select jsonb_build_object(
              'job', to_jsonb(j),
              'datasets', (select coalesce(jsonb_agg(d.id order by d.id), '[]')
                           from dataset d where d.created_by_job_id = j.id))::text
            from job j where j.id = :id
            """)
        .param("id", id)
        .query(String.class)
        .single();
  }

  public void remove(UUID id) {
    jdbc.sql("delete from job where id = :id").param("id", id).update();
  }
}
