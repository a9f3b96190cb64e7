package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.gateway.catalogue.ModelBody.NewModel;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Owner of the tables {@code model} and {@code model_dataset}. Rows only: who may be activated is
 * decided by {@link ModelActivation}.
 */
@Repository
class Models {

  private final JdbcClient jdbc;
  private final Requests requests;

  Models(JdbcClient jdbc, Requests requests) {
    this.jdbc = jdbc;
    this.requests = requests;
  }

  /** Inserts the model and what it was trained on; false if its id or its name is taken. */
  boolean insert(NewModel model, String owner) {
    var isNew = insertRow(model, owner);
    if (isNew) {
      jdbc.sql(
              """
              insert into model_dataset (model_id, dataset_id)
              select :id, unnest(cast(:datasets as uuid[]))
              """)
          .param("id", model.id())
          .param("datasets", model.datasetIds().toArray(UUID[]::new))
          .update();
    }
    return isNew;
  }

  private boolean insertRow(NewModel model, String owner) {
    try {
      return jdbc.sql(
                  """
                  insert into model (id, name, version, training_id, is_active, is_production, owner, registered_as)
                  values (:id, :name, :version, :training, :active, :production, :owner, :request)
                  on conflict do nothing
                  """)
              .param("id", model.id())
              .param("name", model.name())
              .param("version", model.version())
              .param("training", model.trainingId())
              .param("active", model.isActive())
              .param("production", model.isProduction())
              .param("owner", owner)
              .param("request", requests.text(model))
              .update()
          == 1;
    } catch (DataIntegrityViolationException e) {
      throw ApiException.badRequest("Training not found: " + model.trainingId());
    }
  }

  boolean isTaken(UUID id) {
    return jdbc.sql("select exists (select from model where id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  boolean isRepeated(NewModel model) {
    return jdbc.sql("select exists (select from model where id = :id and registered_as = :request)")
        .param("id", model.id())
        .param("request", requests.text(model))
        .query(Boolean.class)
        .single();
  }

  void set(UUID id, @Nullable Boolean active, @Nullable Boolean production) {
    jdbc.sql(
            """
            update model
            set is_active = coalesce(:active, is_active), is_production = coalesce(:production, is_production)
            where id = :id
            """)
        .param("active", active)
        .param("production", production)
        .param("id", id)
        .update();
  }

  /** Takes out a model that serves nobody. */
  void delete(UUID id) {
    var deleted =
        jdbc.sql("delete from model where id = :id and not is_active and not is_production")
            .param("id", id)
            .update();
    if (deleted == 0) {
      one(id);
      throw ApiException.conflict(
          "Cannot delete model: it is active or in production. Please deactivate it first.");
    }
  }

  Model one(UUID id) {
    return find(new Conditions().and("id = :id", "id", id), 1).stream()
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("Model not found: " + id));
  }

  List<Model> after(@Nullable UUID cursor, int limit) {
    return find(new Conditions().and("id > :cursor", "cursor", cursor), limit);
  }

  private List<Model> find(Conditions which, int limit) {
    return jdbc.sql(
            """
            select id, name, version, training_id, is_active, is_production, owner, created_at,
                   array(select dataset_id from model_dataset d where d.model_id = m.id order by 1) as datasets
            from model m %s order by id limit :limit
            """
                .formatted(which.where()))
        .params(which.values())
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
