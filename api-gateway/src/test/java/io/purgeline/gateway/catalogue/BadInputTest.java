package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input gets a clear 4xx, and nothing has changed. */
class BadInputTest extends GatewayTestBase {

  static Stream<Arguments> bodies() {
    var ids =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "\"" + new UUID(0, i) + "\"")
            .collect(Collectors.joining(","));
    return Stream.of(
        bad("datasets", "{\"name\": \"x\", \"type\": \"iq_raw\"", "malformed JSON"),
        bad("datasets", "[]", "not an object"),
        bad("datasets", "", "no body"),
        bad("datasets", "{\"name\": \"x\", \"type\": \"iq_raw\", \"colour\": 1}", "unknown field"),
        bad("datasets", "{\"name\": 5, \"type\": \"iq_raw\"}", "number as a name"),
        bad("datasets", "{\"name\": [\"x\"], \"type\": \"iq_raw\"}", "list as a name"),
        bad("datasets", "{\"name\": \"\", \"type\": \"iq_raw\"}", "empty name"),
        bad(
            "datasets",
            "{\"name\": \"%s\", \"type\": \"iq_raw\"}".formatted("x".repeat(256)),
            "long name"),
        bad(
            "datasets",
            "{\"name\": \"a\\nb\", \"type\": \"iq_raw\"}",
            "control character in a name"),
        bad("datasets", "{\"name\": \"a\\u0000b\", \"type\": \"iq_raw\"}", "NUL in a name"),
        bad("datasets", "{\"type\": \"iq_raw\"}", "no name"),
        bad("datasets", "{\"name\": \"x\", \"type\": \"wrong\"}", "unknown type"),
        bad("datasets", "{\"name\": \"x\"}", "no type"),
        bad("datasets", "{\"id\": \"17\", \"name\": \"x\", \"type\": \"iq_raw\"}", "no uuid"),
        bad("datasets", "{\"id\": 17, \"name\": \"x\", \"type\": \"iq_raw\"}", "number as a uuid"),
        bad(
            "datasets",
            "{\"name\": \"x\", \"type\": \"iq_raw\", \"created_by_job_id\": \"%s\"}"
                .formatted(new UUID(0, 1)),
            "unknown job"),
        bad(
            "datasets",
            located("feature_based", "s3://main/heimdall-synthetic-iq/x/"),
            "feature_based with a location"),
        bad(
            "jobs",
            "{\"name\": \"x\", \"type\": \"wrong\", \"status\": \"running\"}",
            "unknown job type"),
        bad(
            "jobs",
            "{\"name\": \"x\", \"type\": \"training\", \"status\": \"done\"}",
            "unknown status"),
        bad(
            "trainings",
            "{\"id\": \"training-1\", \"name\": \"x\"}",
            "training id of another form"),
        bad("trainings", "{\"id\": \"train_123\", \"name\": \"x\"}", "short training id"),
        bad(
            "trainings",
            "{\"name\": \"x\", \"location\": {\"uri\": \"dir://trainings/../x\"}}",
            "training outside its root"),
        bad(
            "trainings",
            "{\"name\": \"x\", \"dataset_ids\": [\"%s\"]}".formatted(new UUID(0, 1)),
            "unknown dataset of a training"),
        bad(
            "models",
            "{\"name\": \"x\", \"version\": \"1\", \"dataset_ids\": [%s]}".formatted(ids),
            "a thousand ids"),
        bad("models", "{\"name\": \"x\", \"version\": \"1\"}", "model without datasets"),
        bad(
            "models",
            "{\"name\": \"x\", \"version\": \"1\", \"dataset_ids\": [\"%s\"]}"
                .formatted(new UUID(0, 1)),
            "unknown dataset"),
        bad(
            "models",
            "{\"name\": \"x\", \"version\": \"1\", \"dataset_ids\": [], \"is_active\": \"yes\"}",
            "text as a flag"));
  }

  static Stream<Arguments> locations() {
    return Stream.of(
            "s3://other/heimdall-synthetic-iq/x/",
            "s3://main/other-bucket/x/",
            "dir://other/x",
            "s3://main/heimdall-synthetic-iq/",
            "s3://main/heimdall-synthetic-iq",
            "s3://main/heimdall-synthetic-iq/x",
            "s3://main/heimdall-synthetic-iq/x/../y/",
            "s3://main/heimdall-synthetic-iq/./x/",
            "s3://main/heimdall-synthetic-iq/x//y/",
            "s3://main/heimdall-synthetic-iq//",
            "s3://main/heimdall-synthetic-iq//x/",
            "s3://main/heimdall-synthetic-iq/x\\\\y/",
            "s3://main/heimdall-synthetic-iq/x\\u0000y/",
            "s3://main/heimdall-synthetic-iq/x%2fy/",
            "s3://main/heimdall-synthetic-iq/%2e%2e/",
            "s3://main/heimdall-synthetic-iq/x%00/",
            "s3://MAIN!/heimdall-synthetic-iq/x/",
            "dir://datasets/",
            "dir://datasets",
            "dir://datasets//etc",
            "dir://datasets/../x",
            "dir://datasets/x/..",
            "dir://datasets/x%2f..",
            "dir://datasets/.purgeline-trash/x",
            "/etc/passwd",
            "file:///etc",
            "")
        .map(uri -> bad("datasets", located("iq_raw", uri), uri));
  }

  private static String located(String type, String uri) {
    return "{\"name\": \"bad\", \"type\": \"%s\", \"locations\": [{\"uri\": \"%s\"}]}"
        .formatted(type, uri);
  }

  private static Arguments bad(String resource, String body, String what) {
    return Arguments.of(what, resource, body);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"bodies", "locations"})
  void isRefused(String what, String resource, String body) {
    var before = rows();

    var answer = api.post("/" + resource, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.detail()).isNotBlank();
    assertThat(rows()).as("nothing changed").isEqualTo(before);
  }

  private String rows() {
    return sql.sql(
            """
            select concat_ws(' ', (select count(*) from purgeline.dataset), (select count(*) from purgeline.job),
              (select count(*) from purgeline.training), (select count(*) from purgeline.model),
              (select count(*) from purgeline.storage_location), (select count(*) from purgeline.outbox))
            """)
        .query(String.class)
        .single();
  }
}
