package io.purgeline.gateway.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Datasets, as far as deleting goes. No statement here touches a sample: they go with their
 * objects, so that a dataset of ten million is deleted as fast as one of ten.
 */
@Repository
public class DeletableDatasets {

  private final JdbcClient jdbc;

  DeletableDatasets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks the rows in the order of the ids, behind running bulk registrations.
   *
   * @return what was locked, in that order; datasets that are gone are left out
   */
  public List<DeletableDataset> lock(Collection<UUID> ids) {
    var all = array(ids);
    keepJobs(all);
    lockRows(all);
    return find(ids);
  }

  /** The job is judged below: it must neither change nor go meanwhile. */
  private void keepJobs(UUID[] ids) {
    jdbc.sql(
            """
            select id from job
            where id in (select created_by_job_id from dataset where id = any(:ids))
            order by id
            for share
            """)
        .param("ids", ids)
        .query()
        .listOfRows();
  }

  private void lockRows(UUID[] ids) {
    jdbc.sql("select id from dataset where id = any(:ids) order by id for update")
        .param("ids", ids)
        .query()
        .listOfRows();
  }

  /** The datasets among these that exist, in the order of their ids. */
  public List<DeletableDataset> find(Collection<UUID> ids) {
    return jdbc.sql(
            """
            select d.id, d.name, d.type, d.sample_count, d.sample_bytes,
                   d.unsettled or coalesce(j.status not in ('completed', 'failed', 'cancelled'), false) as unsettled
            from dataset d left join job j on j.id = d.created_by_job_id
            where d.id = any(:ids)
            order by d.id
            """)
        .param("ids", array(ids))
        .query((row, n) ->
            new DeletableDataset(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getBoolean("unsettled"),
                row.getLong("sample_count"),
                row.getLong("sample_bytes")))
        .list();
  }

  /** Everything the record says, for the time after it. */
  public String snapshot(UUID id) {
    return jdbc.sql(
            """
            select jsonb_build_object(
              'dataset', to_jsonb(d),
              'samples', jsonb_build_object('count', d.sample_count, 'bytes', d.sample_bytes),
              'locations', (select coalesce(jsonb_agg(l.uri order by l.uri), '[]')
                            from storage_location l where l.owner_kind = 'dataset' and l.owner_id = d.id::text
                                                      and l.deletion_id is null),
              'models', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'version', m.version)
                                                   order by m.id), '[]')
                         from model_dataset u join model m on m.id = u.model_id where u.dataset_id = d.id))::text
            from dataset d where d.id = :id
            """)
        .param("id", id)
        .query(String.class)
        .single();
  }

  /** Takes the record out. What was trained on it still says so. */
  public void remove(UUID id) {
    jdbc.sql("delete from dataset where id = :id").param("id", id).update();
  }

  /** The datasets a job made, in the order of their ids. */
  public List<UUID> createdBy(UUID jobId) {
    return jdbc.sql("select id from dataset where created_by_job_id = :job order by id")
        .param("job", jobId)
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  /**
   * Keeps the datasets of a job that goes.
   *
   * @param unsettled that the job may still be writing, which is remembered on them
   */
  public void leaveBehind(UUID jobId, boolean unsettled) {
    lockRows(array(createdBy(jobId)));
    jdbc.sql(
            """
            update dataset set created_by_job_id = null, unsettled = unsettled or :unsettled
            where created_by_job_id = :job
            """)
        .param("unsettled", unsettled)
        .param("job", jobId)
        .update();
  }

  private static UUID[] array(Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
