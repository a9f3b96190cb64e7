package io.purgeline.gateway.catalogue;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.gateway.catalogue.JobBody.NewJob;
import io.purgeline.gateway.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owner of the table {@code job}, but for its deletion. */
@Repository
class Jobs {

  private final JdbcClient jdbc;
  private final Reservations reservations;
  private final Requests requests;

  Jobs(JdbcClient jdbc, Reservations reservations, Requests requests) {
    this.jdbc = jdbc;
    this.reservations = reservations;
    this.requests = requests;
  }

  Registered<Job> register(NewJob job, String owner) {
    var isNew = insert(job, owner);
    if (isNew) {
      reservations.requireFree("job", job.id().toString());
    } else if (!isRepeated(job)) {
      throw ApiException.conflict("Another job has the id " + job.id());
    }
    return new Registered<>(one(job.id()), isNew);
  }

  private boolean insert(NewJob job, String owner) {
    return jdbc.sql(
                """
                insert into job (id, name, type, status, owner, registered_as)
                values (:id, :name, :type, :status, :owner, :request) on conflict (id) do nothing
                """)
            .param("id", job.id())
            .param("name", job.name())
            .param("type", job.type())
            .param("status", job.status())
            .param("owner", owner)
            .param("request", requests.text(job))
            .update()
        == 1;
  }

  private boolean isRepeated(NewJob job) {
    return jdbc.sql("select exists (select from job where id = :id and registered_as = :request)")
        .param("id", job.id())
        .param("request", requests.text(job))
        .query(Boolean.class)
        .single();
  }

  Job move(UUID id, String status) {
    jdbc.sql("update job set status = :status where id = :id")
        .param("status", status)
        .param("id", id)
        .update();
    return one(id);
  }

  Job one(UUID id) {
    return find(new Conditions().and("id = :id", "id", id), 1).stream()
        .findFirst()
        .orElseThrow(() -> reservations.notFound("job", id.toString(), "Job not found: " + id));
  }

  List<Job> after(@Nullable UUID cursor, int limit) {
    return find(new Conditions().and("id > :cursor", "cursor", cursor), limit);
  }

  private List<Job> find(Conditions which, int limit) {
    return jdbc.sql(
            """
            select id, name, type, status, owner, created_at from job %s order by id limit :limit
            """
                .formatted(which.where()))
        .params(which.values())
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
