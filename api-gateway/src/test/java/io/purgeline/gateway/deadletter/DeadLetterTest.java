package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.database.Ids;
import io.purgeline.gateway.GatewayTestBase;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DeadLetterTest extends GatewayTestBase {

  @Test
  void showsWhatGaveUpAndWhy() {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();
    var id = Ids.next();
    sql.sql(
            """
            insert into dead_letter (id, task_id, deletion_id, class, exception, message, stack, attempts, bytes, worker, version, trace_id)
            select :id, t.id, t.deletion_id, 'ITEM', 'io.X', 'denied', 'at X', 8, 4096, 'w1', '0.1', 'abc'
            from purge_task t where t.deletion_id = :deletion
            """)
        .param("id", id)
        .param("deletion", deletion)
        .update();
    sql.sql(
            """
            insert into purge_failure (task_id, what, code, message, bytes)
            select t.id, 'key ' || to_char(n, '00'), 'AccessDenied', 'no', 1 from purge_task t, generate_series(1, 30) n
            where t.deletion_id = :deletion
            """)
        .param("deletion", deletion)
        .update();

    var letter = api.get("/dead-letters?deletion_id=" + deletion).json().path("items").get(0);
    var one = api.get("/dead-letters/" + id).json();

    assertThat(letter.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "deletion_id",
            "task_id",
            "resource",
            "location",
            "class",
            "group",
            "replays",
            "snoozed_until",
            "resolved_at",
            "state",
            "message",
            "bytes",
            "attempts",
            "first_at",
            "last_at",
            "worker",
            "version",
            "trace_id",
            "failed");
    assertThat(letter.path("resource").path("id").asString()).isEqualTo(dataset.toString());
    assertThat(letter.path("location").asString()).startsWith("s3://main/").contains("" + dataset);
    assertThat(letter.path("class").asString()).isEqualTo("ITEM");
    assertThat(letter.path("failed").size()).isEqualTo(20);
    assertThat(letter.path("failed").get(0).propertyNames())
        .containsExactlyInAnyOrder("what", "code");
    assertThat(one.path("stack").asString()).isEqualTo("at X");
    assertThat(one.path("exception").asString()).isEqualTo("io.X");
    assertThat(one.path("class").asString()).isEqualTo("ITEM");
    assertThat(one.path("body").isNull()).isTrue();
  }

  @Test
  void showsTheMessageNobodyCouldRead() {
    var text = unreadable("{broken".getBytes(StandardCharsets.UTF_8));
    var binary = unreadable(new byte[] {(byte) 0xff, 0});

    assertThat(text.path("body").asString()).isEqualTo("{broken");
    assertThat(text.path("body_base64").isNull()).isTrue();
    assertThat(text.path("headers").path("x").asInt()).isEqualTo(1);
    assertThat(text.path("resource").isNull()).isTrue();
    assertThat(binary.path("body").isNull()).isTrue();
    assertThat(binary.path("body_base64").asString()).isEqualTo("/wA=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?class=ODD", "?deletion_id=x", "?cursor=!", "?state=%00", "/x"})
  void refusesWhatMakesNoSense(String query) {
    assertThat(api.get("/dead-letters" + query).status()).isEqualTo(400);
  }

  @Test
  void tellsWhatIsUnknown() {
    assertThat(api.get("/dead-letters/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  private JsonNode unreadable(byte[] body) {
    var id = Ids.next();
    sql.sql(
            """
            insert into dead_letter (id, class, message, body, body_digest, headers)
            values (:id, 'UNREADABLE', 'not JSON', :body, sha256(:body), '{"x": 1}')
            """)
        .param("id", id)
        .param("body", body)
        .update();
    return api.get("/dead-letters/" + id).json();
  }
}
