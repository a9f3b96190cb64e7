package io.purgeline.gateway.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Models, as far as they stand in the way of a deletion: while active <em>or</em> in production, a
 * model protects every dataset it was trained on and the training that made it.
 */
@Repository
public class DeletableModels {

  private final JdbcClient jdbc;

  DeletableModels(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the models that were trained on these datasets, in the order of their ids. */
  public void lockTrainedOn(Collection<UUID> datasetIds) {
    jdbc.sql(
            """
            select id from model
            where id in (select model_id from model_dataset where dataset_id = any(:ids))
            order by id
            for update
            """)
        .param("ids", datasetIds.toArray(UUID[]::new))
        .query()
        .listOfRows();
  }

  /** Locks the models that this training made, in the order of their ids. */
  public void lockMadeBy(String trainingId) {
    jdbc.sql("select id from model where training_id = :training order by id for update")
        .param("training", trainingId)
        .query()
        .listOfRows();
  }

  /** The models in use that were trained on these datasets, by dataset and name. */
  public List<ModelUse> inUseTrainedOn(Collection<UUID> datasetIds) {
    return jdbc.sql(
            """
            select u.dataset_id, m.id, m.name, m.version
            from model_dataset u join model m on m.id = u.model_id
            where u.dataset_id = any(:ids) and (m.is_active or m.is_production)
            order by u.dataset_id, m.name collate "C", m.version collate "C"
            """)
        .param("ids", datasetIds.toArray(UUID[]::new))
        .query((row, n) -> new ModelUse(row.getObject("dataset_id", UUID.class), model(row)))
        .list();
  }

  /** The models in use that this training made, by name. */
  public List<ProtectingModel> inUseMadeBy(String trainingId) {
    return jdbc.sql(
            """
            select id, name, version from model
            where training_id = :training and (is_active or is_production)
            order by name collate "C", version collate "C"
            """)
        .param("training", trainingId)
        .query((row, n) -> model(row))
        .list();
  }

  private static ProtectingModel model(ResultSet row) throws SQLException {
    return new ProtectingModel(
        row.getObject("id", UUID.class), row.getString("name"), row.getString("version"));
  }

  /** A model that is active or in production. */
  public record ProtectingModel(UUID id, String name, String version) {}

  /** That such a model was trained on a dataset. */
  public record ModelUse(UUID datasetId, ProtectingModel model) {}
}
