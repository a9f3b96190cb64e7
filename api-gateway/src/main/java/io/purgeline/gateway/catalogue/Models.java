package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Owner of the tables {@code model} and {@code model_dataset}. A model that serves protects all of
 * its datasets.
 */
@Repository
class Models {

  private static final String SELECT =
      """
      select id, name, version, training_id, is_active, is_production, owner, created_at,
             array(select dataset_id from model_dataset d where d.model_id = m.id order by 1) as datasets
      from model m
      """;

  private final JdbcClient jdbc;
  private final DatasetLocks datasets;

  Models(JdbcClient jdbc, DatasetLocks datasets) {
    this.jdbc = jdbc;
    this.datasets = datasets;
  }

  Registered<Model> register(ModelBody body, String owner) {
    var id = Objects.requireNonNull(body.id());
    var missing = datasets.share(body.datasets());
    var isNew = insert(id, body, owner);
    if (isNew) {
      if (!missing.isEmpty()) {
        throw ApiException.badRequest("Dataset not found: " + missing.iterator().next());
      }
      jdbc.sql(
              """
              insert into model_dataset (model_id, dataset_id)
              select :id, unnest(cast(:datasets as uuid[])) on conflict do nothing
              """)
          .param("id", id)
          .param("datasets", body.datasets().toArray(UUID[]::new))
          .update();
    }
    var model = one(id);
    if (!isNew && !model.isFrom(body)) {
      throw ApiException.conflict("Another model has the id " + id);
    }
    return new Registered<>(model, isNew);
  }

  private boolean insert(UUID id, ModelBody body, String owner) {
    try {
      return jdbc.sql(
                  """
                  insert into model (id, name, version, training_id, is_active, is_production, owner)
                  values (:id, :name, :version, :training, :active, :production, :owner)
                  on conflict (id) do nothing
                  """)
              .param("id", id)
              .param("name", body.name())
              .param("version", body.version())
              .param("training", body.trainingId())
              .param("active", body.isActive())
              .param("production", body.isProduction())
              .param("owner", owner)
              .update()
          == 1;
    } catch (DuplicateKeyException e) {
      throw ApiException.conflict(
          "A model named '"
              + body.name()
              + "' with version '"
              + body.version()
              + "' exists already");
    } catch (DataIntegrityViolationException e) {
      throw ApiException.badRequest("Training not found: " + body.trainingId());
    }
  }

  /**
   * Datasets are locked before the model, as everywhere, so that none is deleted while its model is
   * activated.
   */
  Model change(UUID id, ModelBody.Patch patch) {
    var missing = datasets.share(one(id).datasetIds());
    if (patch.activates()
        && !missing.isEmpty()
        && !Boolean.TRUE.equals(patch.allowMissingDatasets())) {
      throw deleted(missing);
    }
    jdbc.sql(
            """
            update model
            set is_active = coalesce(:active, is_active), is_production = coalesce(:production, is_production)
            where id = :id
            """)
        .param("active", patch.isActive())
        .param("production", patch.isProduction())
        .param("id", id)
        .update();
    return one(id);
  }

  private static ApiException deleted(Set<UUID> missing) {
    return ApiException.conflict(
            "Cannot activate model: "
                + missing.size()
                + " of its datasets were deleted. Set allow_missing_datasets to activate it without"
                + " them.")
        .with("missing_datasets", missing);
  }

  /** Takes out a model that serves nobody. */
  void delete(UUID id) {
    var model =
        jdbc.sql(SELECT + "where id = :id for update")
            .param("id", id)
            .query(Models::model)
            .optional()
            .orElseThrow(() -> notFound(id));
    if (model.isActive() || model.isProduction()) {
      throw ApiException.conflict(
          "Cannot delete model: it is active or in production. Please deactivate it first.");
    }
    jdbc.sql("delete from model where id = :id").param("id", id).update();
  }

  Model one(UUID id) {
    return jdbc.sql(SELECT + "where id = :id")
        .param("id", id)
        .query(Models::model)
        .optional()
        .orElseThrow(() -> notFound(id));
  }

  private static ApiException notFound(UUID id) {
    return ApiException.notFound("Model not found: " + id);
  }

  List<Model> after(@Nullable UUID cursor, int limit) {
    return jdbc.sql(
            SELECT + "where cast(:cursor as uuid) is null or id > :cursor order by id limit :limit")
        .param("cursor", cursor)
        .param("limit", limit)
        .query(Models::model)
        .list();
  }

  private static Model model(ResultSet row, int number) throws SQLException {
    return new Model(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("version"),
        List.of((UUID[]) row.getArray("datasets").getArray()),
        row.getString("training_id"),
        row.getBoolean("is_active"),
        row.getBoolean("is_production"),
        row.getString("owner"),
        Columns.instant(row, "created_at"));
  }
}
