package io.purgeline.gateway.operations;

import io.purgeline.database.Columns;
import io.purgeline.database.Conditions;
import io.purgeline.deletion.FailureClass;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.operations.DeadLetterView.Detail;
import io.purgeline.gateway.operations.DeadLetterView.Failed;
import io.purgeline.gateway.operations.DeadLetterView.Resource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads dead letters. */
@Repository
class DeadLetters {

  private static final String SELECT =
      """
      select l.*, d.resource_kind, d.resource_id, d.resource_name,
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
  Page<DeadLetterView> page(Filter filter, int limit, @Nullable UUID before) {
    var conditions =
        new Conditions()
            .and("l.class = :class", "class", filter.failureClass())
            .and("l.state = :state", "state", filter.state())
            .and("l.deletion_id = :deletion_id", "deletion_id", filter.deletionId())
            .and("l.id < :before", "before", before);
    var rows =
        jdbc.sql(SELECT + conditions.where() + " order by l.id desc limit " + (limit + 1))
            .params(conditions.values())
            .query(DeadLetters::letter)
            .list();
    return Page.of(rows, limit, letter -> letter.id().toString());
  }

  Optional<Detail> one(UUID id) {
    return jdbc.sql(SELECT + " where l.id = :id")
        .param("id", id)
        .query(DeadLetters::detail)
        .optional();
  }

  private static Detail detail(ResultSet row, int number) throws SQLException {
    var body = row.getBytes("body");
    var text = body == null ? null : text(body);
    var headers = row.getString("headers");
    return new Detail(
        letter(row, number),
        row.getString("exception"),
        row.getString("stack"),
        text,
        body == null || text != null ? null : Base64.getEncoder().encodeToString(body),
        headers == null ? null : JSON.readTree(headers));
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static DeadLetterView letter(ResultSet row, int number) throws SQLException {
    return new DeadLetterView(
        row.getObject("id", UUID.class),
        row.getObject("deletion_id", UUID.class),
        row.getObject("task_id", UUID.class),
        resource(row),
        FailureClass.valueOf(row.getString("class")),
        row.getString("state"),
        row.getString("message"),
        row.getLong("bytes"),
        row.getInt("attempts"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"),
        row.getString("worker"),
        row.getString("version"),
        row.getString("trace_id"),
        List.of(JSON.readValue(row.getString("failed"), Failed[].class)));
  }

  private static @Nullable Resource resource(ResultSet row) throws SQLException {
    var kind = row.getString("resource_kind");
    return kind == null
        ? null
        : new Resource(kind, row.getString("resource_id"), row.getString("resource_name"));
  }

  /** Which dead letters are asked for; null is any. */
  record Filter(@Nullable String failureClass, @Nullable String state, @Nullable UUID deletionId) {}
}
