package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.gateway.catalogue.Dataset.User;
import io.purgeline.gateway.catalogue.DatasetBody.NewDataset;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the table {@code dataset}, but for its deletion. */
@Repository
class Datasets {

  private final JdbcClient jdbc;
  private final Reservations reservations;
  private final LocationRows locations;
  private final Requests requests;
  private final ModelUses uses;

  Datasets(
      JdbcClient jdbc,
      Reservations reservations,
      LocationRows locations,
      Requests requests,
      ModelUses uses) {
    this.jdbc = jdbc;
    this.reservations = reservations;
    this.locations = locations;
    this.requests = requests;
    this.uses = uses;
  }

  Registered<Dataset> register(NewDataset dataset, String owner) {
    var id = dataset.id();
    var isNew = insert(dataset, owner);
    if (isNew) {
      reservations.requireFree("dataset", id.toString());
      locations.reserve("dataset", id.toString(), dataset.locations());
    } else if (!isRepeated(dataset)) {
      throw ApiException.conflict(
          isTaken(id)
              ? "Another dataset has the id " + id
              : "A dataset named '" + dataset.name() + "' exists already");
    }
    return new Registered<>(one(id), isNew);
  }

  private boolean insert(NewDataset dataset, String owner) {
    try {
      return jdbc.sql(
                  """
                  insert into dataset (id, name, type, created_by_job_id, owner, registered_as)
                  values (:id, :name, :type, :job, :owner, :request) on conflict do nothing
                  """)
              .param("id", dataset.id())
              .param("name", dataset.name())
              .param("type", dataset.type())
              .param("job", dataset.createdByJobId())
              .param("owner", owner)
              .param("request", requests.text(dataset))
              .update()
          == 1;
    } catch (DataIntegrityViolationException e) {
      throw ApiException.badRequest("Job not found: " + dataset.createdByJobId());
    }
  }

  private boolean isTaken(UUID id) {
    return jdbc.sql("select exists (select from dataset where id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  private boolean isRepeated(NewDataset dataset) {
    return jdbc.sql(
            "select exists (select from dataset where id = :id and registered_as = :request)")
        .param("id", dataset.id())
        .param("request", requests.text(dataset))
        .query(Boolean.class)
        .single();
  }

  Dataset one(UUID id) {
    return find(new Conditions().and("id = :id", "id", id), 1).stream()
        .findFirst()
        .orElseThrow(
            () -> reservations.notFound("dataset", id.toString(), "Dataset not found: " + id));
  }

  List<Dataset> after(@Nullable UUID cursor, int limit) {
    return find(new Conditions().and("id > :cursor", "cursor", cursor), limit);
  }

  private List<Dataset> find(Conditions which, int limit) {
    var rows =
        jdbc.sql(
                """
                select id, name, type, created_by_job_id, sample_count, sample_bytes, owner, created_at
                from dataset %s order by id limit :limit
                """
                    .formatted(which.where()))
            .params(which.values())
            .param("limit", limit)
            .query(Datasets::withoutRelations)
            .list();
    var ids = rows.stream().map(Dataset::id).toList();
    var places = locations.of("dataset", ids.stream().map(UUID::toString).toList());
    var users = uses.of(ids);
    return rows.stream()
        .map(row ->
            withRelations(
                row,
                places.getOrDefault(row.id().toString(), List.of()),
                users.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private static Dataset withoutRelations(ResultSet row, int number) throws SQLException {
    return new Dataset(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("type"),
        row.getObject("created_by_job_id", UUID.class),
        List.of(),
        row.getLong("sample_count"),
        row.getLong("sample_bytes"),
        List.of(),
        row.getString("owner"),
        Columns.instant(row, "created_at"));
  }

  private static Dataset withRelations(
      Dataset row, List<LocationRows.Held> places, List<User> users) {
    return new Dataset(
        row.id(),
        row.name(),
        row.type(),
        row.createdByJobId(),
        places.stream().map(LocationRows.Held::body).toList(),
        row.sampleCount(),
        row.sampleBytes(),
        users,
        row.owner(),
        row.createdAt());
  }

  /** Adds to the totals of registered samples. */
  void addSamples(UUID id, long count, long bytes) {
    jdbc.sql(
            """
            update dataset set sample_count = sample_count + :count, sample_bytes = sample_bytes + :bytes
            where id = :id
            """)
        .param("count", count)
        .param("bytes", bytes)
        .param("id", id)
        .update();
  }
}
