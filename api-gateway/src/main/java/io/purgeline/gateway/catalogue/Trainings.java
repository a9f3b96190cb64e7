package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.gateway.catalogue.TrainingBody.NewTraining;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the tables {@code training} and {@code training_dataset}, but for their deletion. */
@Repository
class Trainings {

  private final JdbcClient jdbc;
  private final Reservations reservations;
  private final LocationRows locations;
  private final DatasetLocks datasets;
  private final Requests requests;

  Trainings(
      JdbcClient jdbc,
      Reservations reservations,
      LocationRows locations,
      DatasetLocks datasets,
      Requests requests) {
    this.jdbc = jdbc;
    this.reservations = reservations;
    this.locations = locations;
    this.datasets = datasets;
    this.requests = requests;
  }

  Registered<Training> register(NewTraining training, String owner) {
    var missing = datasets.share(training.datasetIds());
    var isNew = insert(training, owner);
    if (isNew) {
      reservations.requireFree("training", training.id());
      if (!missing.isEmpty()) {
        throw reservations.missingDataset(missing.iterator().next());
      }
      read(training.id(), training.datasetIds());
      locations.reserve("training", training.id(), training.locations());
    } else if (!isRepeated(training)) {
      throw ApiException.conflict("Another training has the id " + training.id());
    }
    return new Registered<>(one(training.id()), isNew);
  }

  private boolean insert(NewTraining training, String owner) {
    return jdbc.sql(
                """
                insert into training (id, name, status, owner, registered_as)
                values (:id, :name, :status, :owner, :request) on conflict (id) do nothing
                """)
            .param("id", training.id())
            .param("name", training.name())
            .param("status", training.status())
            .param("owner", owner)
            .param("request", requests.text(training))
            .update()
        == 1;
  }

  private boolean isRepeated(NewTraining training) {
    return jdbc.sql(
            "select exists (select from training where id = :id and registered_as = :request)")
        .param("id", training.id())
        .param("request", requests.text(training))
        .query(Boolean.class)
        .single();
  }

  private void read(String id, List<UUID> datasetIds) {
    jdbc.sql(
            """
            insert into training_dataset (training_id, dataset_id)
            select :id, unnest(cast(:datasets as uuid[]))
            """)
        .param("id", id)
        .param("datasets", datasetIds.toArray(UUID[]::new))
        .update();
  }

  /**
   * A training that goes on protects what it reads: the datasets are locked first, as everywhere.
   */
  Training move(String id, String status) {
    var missing = datasets.share(one(id).datasetIds());
    if (Statuses.READING.contains(status) && !missing.isEmpty()) {
      throw ApiException.conflict(
              "Cannot set training to %s: %d of its datasets were deleted."
                  .formatted(status, missing.size()))
          .with("missing_datasets", missing);
    }
    jdbc.sql("update training set status = :status where id = :id")
        .param("status", status)
        .param("id", id)
        .update();
    return one(id);
  }

  Training one(String id) {
    return find(new Conditions().and("id = :id", "id", id), 1).stream()
        .findFirst()
        .orElseThrow(() -> reservations.notFound("training", id, "Training not found: " + id));
  }

  List<Training> after(@Nullable String cursor, int limit) {
    return find(new Conditions().and("id > :cursor", "cursor", cursor), limit);
  }

  private List<Training> find(Conditions which, int limit) {
    var rows =
        jdbc.sql(
                """
                select id, name, status, owner, created_at,
                       array(select dataset_id from training_dataset d where d.training_id = t.id order by 1) as datasets
                from training t %s order by id limit :limit
                """
                    .formatted(which.where()))
            .params(which.values())
            .param("limit", limit)
            .query(Row::of)
            .list();
    var places = locations.of("training", rows.stream().map(Row::id).toList());
    return rows.stream().map(row -> row.at(places)).toList();
  }

  /** A training whose place is still to be looked up. */
  private record Row(Training training) {

    static Row of(ResultSet row, int number) throws SQLException {
      return new Row(
          new Training(
              row.getString("id"),
              row.getString("name"),
              row.getString("status"),
              List.of((UUID[]) row.getArray("datasets").getArray()),
              null,
              row.getString("owner"),
              Columns.instant(row, "created_at")));
    }

    String id() {
      return training.id();
    }

    Training at(Map<String, List<LocationRows.Held>> places) {
      var place = places.getOrDefault(id(), List.of()).stream().findFirst();
      return new Training(
          id(),
          training.name(),
          training.status(),
          training.datasetIds(),
          place.map(LocationRows.Held::body).orElse(null),
          training.owner(),
          training.createdAt());
    }
  }
}
