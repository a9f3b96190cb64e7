package io.purgeline.gateway.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Trainings, as far as deleting goes. */
@Repository
public class DeletableTrainings {

  private final JdbcClient jdbc;

  DeletableTrainings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<DeletableTraining> lock(String id) {
    jdbc.sql("select id from training where id = :id for update")
        .param("id", id)
        .query()
        .listOfRows();
    return find(id);
  }

  public Optional<DeletableTraining> find(String id) {
    return jdbc.sql("select name, status from training where id = :id")
        .param("id", id)
        .query(
            (row, n) -> new DeletableTraining(id, row.getString("name"), row.getString("status")))
        .optional();
  }

  /** Unfinished trainings that read these datasets, by dataset and name. */
  public List<TrainingReading> reading(Collection<UUID> datasetIds) {
    return jdbc.sql(
            """
            select r.dataset_id, t.id, t.name, t.status
            from training_dataset r join training t on t.id = r.training_id
            where r.dataset_id = any(:ids) and t.status = any(:reading)
            order by r.dataset_id, t.name, t.id
            """)
        .param("ids", datasetIds.toArray(UUID[]::new))
        .param("reading", Statuses.READING.toArray(String[]::new))
        .query((row, n) ->
            new TrainingReading(
                row.getObject("dataset_id", UUID.class),
                new DeletableTraining(
                    row.getString("id"), row.getString("name"), row.getString("status"))))
        .list();
  }

  /** Everything the record says, what it read and what it made. */
  public String snapshot(String id) {
    return jdbc.sql(
            """
            select jsonb_build_object(
              'training', to_jsonb(t),
              'datasets', (select coalesce(jsonb_agg(r.dataset_id order by r.dataset_id), '[]')
                           from training_dataset r where r.training_id = t.id),
              'locations', (select coalesce(jsonb_agg(l.uri order by l.uri), '[]')
                            from storage_location l where l.owner_kind = 'training' and l.owner_id = t.id
                                                      and l.deletion_id is null),
              'models', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'version', m.version)
                                                   order by m.id), '[]')
                         from model m where m.training_id = t.id))::text
            from training t where t.id = :id
            """)
        .param("id", id)
        .query(String.class)
        .single();
  }

  /** Takes the record out; models it made stay, without it. */
  public void remove(String id) {
    jdbc.sql("delete from training where id = :id").param("id", id).update();
  }

  /** That an unfinished training reads a dataset. */
  public record TrainingReading(UUID datasetId, DeletableTraining training) {}
}
