package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the tables {@code training} and {@code training_dataset}, but for their deletion. */
@Repository
class Trainings {

  private static final String SELECT =
      """
      select id, name, status, owner, created_at,
             array(select dataset_id from training_dataset d where d.training_id = t.id order by 1) as datasets
      from training t
      """;

  private final JdbcClient jdbc;
  private final Reservations reservations;
  private final LocationRows locations;
  private final LocationRules rules;
  private final DatasetLocks datasets;

  Trainings(
      JdbcClient jdbc,
      Reservations reservations,
      LocationRows locations,
      LocationRules rules,
      DatasetLocks datasets) {
    this.jdbc = jdbc;
    this.reservations = reservations;
    this.locations = locations;
    this.rules = rules;
    this.datasets = datasets;
  }

  Registered<Training> register(TrainingBody body, String owner) {
    var id = Objects.requireNonNull(body.id());
    var places = rules.ofTraining(id, body.location());
    var missing = datasets.share(body.datasets());
    var isNew = insert(id, body, owner);
    if (isNew) {
      reservations.requireFree("training", id);
      if (!missing.isEmpty()) {
        throw ApiException.badRequest("Dataset not found: " + missing.iterator().next());
      }
      read(id, body.datasets());
      locations.reserve("training", id, places);
    }
    var training = one(id);
    if (!isNew && !training.isFrom(body, places)) {
      throw ApiException.conflict("Another training has the id " + id);
    }
    return new Registered<>(training, isNew);
  }

  private boolean insert(String id, TrainingBody body, String owner) {
    return jdbc.sql(
                """
                insert into training (id, name, status, owner) values (:id, :name, :status, :owner)
                on conflict (id) do nothing
                """)
            .param("id", id)
            .param("name", body.name())
            .param("status", body.status())
            .param("owner", owner)
            .update()
        == 1;
  }

  private void read(String id, List<UUID> datasetIds) {
    jdbc.sql(
            """
            insert into training_dataset (training_id, dataset_id)
            select :id, unnest(cast(:datasets as uuid[])) on conflict do nothing
            """)
        .param("id", id)
        .param("datasets", datasetIds.toArray(UUID[]::new))
        .update();
  }

  /**
   * A training that goes on protects what it reads: the datasets are locked first, as everywhere.
   */
  Training move(String id, String status) {
    datasets.share(one(id).datasetIds());
    jdbc.sql("update training set status = :status where id = :id")
        .param("status", status)
        .param("id", id)
        .update();
    return one(id);
  }

  Training one(String id) {
    return jdbc.sql(SELECT + "where id = :id")
        .param("id", id)
        .query(this::training)
        .optional()
        .orElseThrow(() -> reservations.notFound("training", id, "Training not found: " + id));
  }

  List<Training> after(@Nullable String cursor, int limit) {
    return jdbc.sql(
            SELECT + "where cast(:cursor as text) is null or id > :cursor order by id limit :limit")
        .param("cursor", cursor)
        .param("limit", limit)
        .query(this::training)
        .list();
  }

  private Training training(ResultSet row, int number) throws SQLException {
    var id = row.getString("id");
    var place = locations.of("training", id).stream().findFirst();
    return new Training(
        id,
        row.getString("name"),
        row.getString("status"),
        List.of((UUID[]) row.getArray("datasets").getArray()),
        place.map(held -> new LocationBody(held.location().uri())).orElse(null),
        row.getString("owner"),
        Columns.instant(row, "created_at"));
  }
}
