package io.purgeline.gateway.deadletter;

import io.purgeline.database.Columns;
import io.purgeline.deletion.FailureClass;
import io.purgeline.gateway.deadletter.DeadLetterView.Attempt;
import io.purgeline.gateway.deadletter.DeadLetterView.Decision;
import io.purgeline.gateway.deadletter.DeadLetterView.Detail;
import io.purgeline.gateway.deadletter.DeadLetterView.Failed;
import io.purgeline.gateway.deadletter.DeadLetterView.Resource;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Page;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads dead letters. */
@Repository
class DeadLetters {

  private static final int MOST_ATTEMPTS = 100;

  private static final String SELECT =
      """
      select l.*, case when l.snoozed_until > now() then l.snoozed_until end as snoozed_now,
             d.resource_kind, d.resource_id, d.resource_name,
             (select location from purge_task where id = l.task_id) as location,
             (select coalesce(jsonb_agg(jsonb_build_object('what', f.what, 'code', f.code) order by f.id), '[]')
              from (select id, what, code from purge_failure where task_id = l.task_id order by id limit 20) f) as failed
      from dead_letter l left join deletion d on d.id = l.deletion_id
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  DeadLetters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The latest first. */
  Page<DeadLetterView> page(DeadLetterFilter filter, int limit, @Nullable UUID before) {
    var conditions = filter.conditions().and("l.id < :before", "before", before);
    var rows =
        jdbc.sql(SELECT + conditions.where() + " order by l.id desc limit " + (limit + 1))
            .params(conditions.values())
            .query((row, n) -> letter(row))
            .list();
    return Page.of(rows, limit, letter -> letter.id().toString());
  }

  /**
   * One with all that is known of it.
   *
   * @throws ApiException 404 if there is none
   */
  Detail one(UUID id) {
    return jdbc.sql(SELECT + " where l.id = :id")
        .param("id", id)
        .query((row, n) -> detail(row))
        .optional()
        .orElseThrow(() -> notFound(id));
  }

  static ApiException notFound(UUID id) {
    return ApiException.notFound("Dead letter not found: " + id);
  }

  private Detail detail(ResultSet row) throws SQLException {
    var body = row.getBytes("body");
    var text = body == null ? null : text(body);
    var headers = row.getString("headers");
    return new Detail(
        letter(row),
        decision(row),
        row.getString("exception"),
        row.getString("stack"),
        text,
        body == null || text != null ? null : Base64.getEncoder().encodeToString(body),
        headers == null ? null : JSON.readTree(headers),
        history(row.getObject("task_id", UUID.class)));
  }

  private List<Attempt> history(@Nullable UUID task) {
    return jdbc.sql(
            """
            select * from (select * from purge_attempt where task_id = :task order by id desc limit :most) latest
            order by id
            """)
        .param("task", task)
        .param("most", MOST_ATTEMPTS)
        .query((row, n) ->
            new Attempt(
                Columns.instant(row, "at"),
                row.getInt("generation"),
                row.getString("worker"),
                FailureClass.valueOf(row.getString("class")),
                row.getString("exception"),
                row.getString("message"),
                row.getString("fingerprint")))
        .list();
  }

  private static @Nullable Decision decision(ResultSet row) throws SQLException {
    var reason = row.getString("decision");
    return reason == null
        ? null
        : new Decision(reason, row.getString("decided_by"), Columns.instant(row, "decided_at"));
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static DeadLetterView letter(ResultSet row) throws SQLException {
    return new DeadLetterView(
        row.getObject("id", UUID.class),
        row.getObject("deletion_id", UUID.class),
        row.getObject("task_id", UUID.class),
        resource(row),
        row.getString("location"),
        FailureClass.valueOf(row.getString("class")),
        row.getString("fingerprint"),
        DeadLetterState.valueOf(row.getString("state")),
        row.getString("message"),
        List.of(JSON.readValue(row.getString("failed"), Failed[].class)),
        row.getLong("bytes"),
        row.getInt("attempts"),
        row.getInt("replays"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"),
        Columns.instantOrNull(row, "snoozed_now"),
        Columns.instantOrNull(row, "resolved_at"),
        row.getString("worker"),
        row.getString("version"),
        row.getString("trace_id"));
  }

  private static @Nullable Resource resource(ResultSet row) throws SQLException {
    var kind = row.getString("resource_kind");
    return kind == null
        ? null
        : new Resource(kind, row.getString("resource_id"), row.getString("resource_name"));
  }
}
