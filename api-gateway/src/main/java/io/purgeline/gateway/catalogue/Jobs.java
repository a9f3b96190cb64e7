package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the table {@code job}, but for its deletion. */
@Repository
class Jobs {

  private static final String SELECT = "select id, name, type, status, owner, created_at from job ";

  private final JdbcClient jdbc;
  private final Reservations reservations;

  Jobs(JdbcClient jdbc, Reservations reservations) {
    this.jdbc = jdbc;
    this.reservations = reservations;
  }

  Registered<Job> register(JobBody body, String owner) {
    var id = Objects.requireNonNull(body.id());
    var inserted =
        jdbc.sql(
                """
                insert into job (id, name, type, status, owner) values (:id, :name, :type, :status, :owner)
                on conflict (id) do nothing
                """)
            .param("id", id)
            .param("name", body.name())
            .param("type", body.type())
            .param("status", body.status())
            .param("owner", owner)
            .update();
    if (inserted == 1) {
      reservations.requireFree("job", id.toString());
    }
    var job = one(id);
    if (inserted == 0 && !job.isFrom(body)) {
      throw ApiException.conflict("Another job has the id " + id);
    }
    return new Registered<>(job, inserted == 1);
  }

  Job move(UUID id, String status) {
    var moved =
        jdbc.sql("update job set status = :status where id = :id")
            .param("status", status)
            .param("id", id)
            .update();
    if (moved == 0) {
      throw notFound(id);
    }
    return one(id);
  }

  Job one(UUID id) {
    return find(id).orElseThrow(() -> notFound(id));
  }

  private Optional<Job> find(UUID id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(Jobs::job).optional();
  }

  private ApiException notFound(UUID id) {
    return reservations.notFound("job", id.toString(), "Job not found: " + id);
  }

  List<Job> after(@Nullable UUID cursor, int limit) {
    return jdbc.sql(
            SELECT + "where cast(:cursor as uuid) is null or id > :cursor order by id limit :limit")
        .param("cursor", cursor)
        .param("limit", limit)
        .query(Jobs::job)
        .list();
  }

  private static Job job(ResultSet row, int number) throws SQLException {
    return new Job(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("type"),
        row.getString("status"),
        row.getString("owner"),
        Columns.instant(row, "created_at"));
  }
}
