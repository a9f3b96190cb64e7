package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.gateway.catalogue.Dataset.User;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.location.Location;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the table {@code dataset}, but for its deletion. */
@Repository
class Datasets {

  private static final String SELECT =
      """
      select id, name, type, created_by_job_id, sample_count, sample_bytes, owner, created_at from dataset
      """;

  private final JdbcClient jdbc;
  private final Reservations reservations;
  private final LocationRows locations;
  private final LocationRules rules;

  Datasets(
      JdbcClient jdbc, Reservations reservations, LocationRows locations, LocationRules rules) {
    this.jdbc = jdbc;
    this.reservations = reservations;
    this.locations = locations;
    this.rules = rules;
  }

  Registered<Dataset> register(DatasetBody body, String owner) {
    var id = Objects.requireNonNull(body.id());
    var places =
        rules.ofDataset(Objects.requireNonNull(body.type()), id.toString(), body.locations());
    var isNew = insert(id, body, owner);
    if (isNew) {
      reservations.requireFree("dataset", id.toString());
      locations.reserve("dataset", id.toString(), places);
    }
    var dataset = one(id);
    var uris = places.stream().map(Location::uri).collect(Collectors.toSet());
    if (!isNew && !dataset.isFrom(body, uris)) {
      throw ApiException.conflict("Another dataset has the id " + id);
    }
    return new Registered<>(dataset, isNew);
  }

  private boolean insert(UUID id, DatasetBody body, String owner) {
    try {
      return jdbc.sql(
                  """
                  insert into dataset (id, name, type, created_by_job_id, owner)
                  values (:id, :name, :type, :job, :owner) on conflict (id) do nothing
                  """)
              .param("id", id)
              .param("name", body.name())
              .param("type", body.type())
              .param("job", body.createdByJobId())
              .param("owner", owner)
              .update()
          == 1;
    } catch (DuplicateKeyException e) {
      throw ApiException.conflict("A dataset named '" + body.name() + "' exists already");
    } catch (DataIntegrityViolationException e) {
      throw ApiException.badRequest("Job not found: " + body.createdByJobId());
    }
  }

  Dataset one(UUID id) {
    return jdbc.sql(SELECT + "where id = :id")
        .param("id", id)
        .query(this::dataset)
        .optional()
        .orElseThrow(
            () -> reservations.notFound("dataset", id.toString(), "Dataset not found: " + id));
  }

  List<Dataset> after(@Nullable UUID cursor, int limit) {
    return jdbc.sql(
            SELECT + "where cast(:cursor as uuid) is null or id > :cursor order by id limit :limit")
        .param("cursor", cursor)
        .param("limit", limit)
        .query(this::dataset)
        .list();
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

  private Dataset dataset(ResultSet row, int number) throws SQLException {
    var id = row.getObject("id", UUID.class);
    return new Dataset(
        id,
        row.getString("name"),
        row.getString("type"),
        row.getObject("created_by_job_id", UUID.class),
        locations.of("dataset", id.toString()).stream()
            .map(held -> new LocationBody(held.location().uri()))
            .toList(),
        row.getLong("sample_count"),
        row.getLong("sample_bytes"),
        users(id),
        row.getString("owner"),
        Columns.instant(row, "created_at"));
  }

  private List<User> users(UUID id) {
    return jdbc.sql(
            """
            select m.id, m.name, m.version, m.is_active, m.is_production
            from model m join model_dataset d on d.model_id = m.id
            where d.dataset_id = :id order by m.name, m.version
            """)
        .param("id", id)
        .query((row, n) ->
            new User(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("version"),
                row.getBoolean("is_active"),
                row.getBoolean("is_production")))
        .list();
  }
}
