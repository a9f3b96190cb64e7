package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description of the API and what the API answers are the same. */
class DocumentedAnswersTest extends GatewayTestBase {

  /** Every operation with its codes of success. */
  private static final String CODES =
      """
      DELETE /datasets/{id}                             202 204
      DELETE /freeze                                    204
      DELETE /jobs/synthetic/datasets/{id}              202 204
      DELETE /jobs/synthetic/{id}                       200
      DELETE /jobs/{id}                                 200
      DELETE /models/{id}                               204
      DELETE /training/synthetic/datasets/{id}          202 204
      DELETE /trainings/{id}                            202 204
      GET    /audit                                     200
      GET    /audit/verify                              200
      GET    /datasets                                  200
      GET    /datasets/{id}                             200
      GET    /datasets/{id}/deletion-preview            200
      GET    /dead-letters                              200
      GET    /dead-letters/groups                       200
      GET    /dead-letters/{id}                         200
      GET    /deletions                                 200
      GET    /deletions/{id}                            200
      GET    /deletions/{id}/events                     200 204
      GET    /deletions/{id}/failures                   200
      GET    /freeze                                    200
      GET    /jobs                                      200
      GET    /jobs/{id}                                 200
      GET    /jobs/{id}/deletion-preview                200
      GET    /models                                    200
      GET    /models/{id}                               200
      GET    /replays                                   200
      GET    /replays/{id}                              200
      GET    /replays/{id}/events                       200 204
      GET    /stores                                    200
      GET    /trainings                                 200
      GET    /trainings/{id}                            200
      GET    /trainings/{id}/deletion-preview           200
      PATCH  /jobs/{id}                                 200
      PATCH  /models/{id}                               200
      PATCH  /trainings/{id}                            200
      POST   /datasets                                  200 201
      POST   /datasets/{id}/samples                     201
      POST   /dead-letters/groups/{group}/discard       200
      POST   /dead-letters/groups/{group}/restore       200
      POST   /dead-letters/groups/{group}/snooze        200
      POST   /dead-letters/{id}/discard                 200
      POST   /dead-letters/{id}/restore                 200
      POST   /dead-letters/{id}/snooze                  200
      POST   /freeze                                    200
      POST   /jobs                                      200 201
      POST   /models                                    200 201
      POST   /replays                                   200 202
      POST   /replays/{id}/abort                        200
      POST   /replays/{id}/pause                        200
      POST   /replays/{id}/resume                       200
      POST   /stores/identity                           200
      POST   /trainings                                 200 201
      """;

  /** Those of which any can be made with records alone: path, preference and body. */
  private static final String CALLS =
      """
      DELETE /datasets/{id}                             | wait=0 |
      DELETE /datasets/{id}                             |        |
      DELETE /freeze                                    |        |
      DELETE /jobs/synthetic/datasets/{id}              | wait=0 |
      DELETE /jobs/synthetic/datasets/{id}              |        |
      DELETE /jobs/synthetic/{id}                       |        |
      DELETE /jobs/synthetic/{id}                       | wait=0 |
      DELETE /jobs/{id}                                 |        |
      DELETE /jobs/{id}                                 | wait=0 |
      DELETE /models/{id}                               |        |
      DELETE /training/synthetic/datasets/{id}          | wait=0 |
      DELETE /training/synthetic/datasets/{id}          |        |
      DELETE /trainings/{id}                            | wait=0 |
      DELETE /trainings/{id}                            |        |
      GET    /audit                                     |        |
      GET    /audit/verify                              |        |
      GET    /datasets                                  |        |
      GET    /datasets/{id}                             |        |
      GET    /datasets/{id}/deletion-preview            |        |
      GET    /dead-letters                              |        |
      GET    /dead-letters/groups                       |        |
      GET    /deletions                                 |        |
      GET    /deletions/{id}                            |        |
      GET    /deletions/{id}/failures                   |        |
      GET    /freeze                                    |        |
      GET    /jobs                                      |        |
      GET    /jobs/{id}                                 |        |
      GET    /jobs/{id}/deletion-preview                |        |
      GET    /models                                    |        |
      GET    /models/{id}                               |        |
      GET    /replays                                   |        |
      GET    /stores                                    |        |
      GET    /trainings                                 |        |
      GET    /trainings/{id}                            |        |
      GET    /trainings/{id}/deletion-preview           |        |
      PATCH  /jobs/{id}                                 |        | {'status':'failed'}
      PATCH  /models/{id}                               |        | {'is_active':false}
      PATCH  /trainings/{id}                            |        | {'status':'failed'}
      POST   /datasets                                  |        | {'id':'NEW','name':'NEW','type':'files'}
      POST   /datasets                                  |        | {'id':'NEW','name':'NEW','type':'files'}
      POST   /datasets/{id}/samples                     |        |
      POST   /dead-letters/groups/{group}/discard       |        | {'reason':'why'}
      POST   /dead-letters/groups/{group}/restore       |        |
      POST   /freeze                                    |        | {'reason':'why'}
      POST   /jobs                                      |        | {'id':'NEW','name':'NEW','type':'training'}
      POST   /jobs                                      |        | {'id':'NEW','name':'NEW','type':'training'}
      POST   /models                                    |        | {'id':'NEW','name':'NEW','version':'1','dataset_ids':[]}
      POST   /models                                    |        | {'id':'NEW','name':'NEW','version':'1','dataset_ids':[]}
      POST   /replays                                   |        | {'selector':{'group':'none'},'reason':'why'}
      POST   /replays                                   |        | {'selector':{'group':'none'},'reason':'why','dry_run':true}
      POST   /trainings                                 |        | {'id':'train_ab00cd11','name':'NEW','status':'queued'}
      POST   /trainings                                 |        | {'id':'train_ab00cd11','name':'NEW','status':'queued'}
      """;

  private final String made = UUID.randomUUID().toString();

  @AfterEach
  void thaw() {
    api.delete("/freeze");
  }

  @Test
  void tellsTheCodesOfSuccess() {
    var told =
        operations().entrySet().stream()
            .map(operation ->
                "%-6s %-42s %s\n"
                    .formatted(
                        operation.getKey().split(" ")[0],
                        operation.getKey().split(" ")[1],
                        String.join(" ", codes(operation.getValue()))))
            .collect(Collectors.joining());

    assertThat(told).isEqualTo(CODES);
  }

  /** Each code that is told of an operation is answered, and nothing else is. */
  @Test
  void answersTheCodesItTells() {
    var answered = new TreeMap<String, Set<String>>();

    for (var call : CALLS.split("\n")) {
      var route = call.split("\\|")[0].strip().replaceAll(" +", " ");
      var answer = make(route, call.split("\\|", -1));
      answered.computeIfAbsent(route, any -> new TreeSet<>()).add(String.valueOf(answer.status()));
    }

    answered.forEach(
        (route, codes) -> assertThat(codes).as(route).isEqualTo(codes(operation(route))));
  }

  @Test
  void endsAStreamForWhoSawTheEnd() {
    var id = api.delete("/datasets/" + records.dataset()).deletion();
    records.work(id, "DONE");
    var events = "/deletions/" + id + "/events";

    var all = api.get(events);
    var again = api.get(events, "Last-Event-ID", lastId(all));

    assertThat(codes(operation("GET /deletions/{id}/events")))
        .containsExactly("" + all.status(), "" + again.status());
  }

  @Test
  void describesTheHeadersOfADeletion() {
    var delete = operation("DELETE /datasets/{id}");

    var atOnce = api.delete("/datasets/" + records.dataset());
    var waited = api.delete("/datasets/" + records.dataset(), "Prefer", "wait=0");

    assertThat(names(delete)).contains("Prefer", "X-Purgeline-Reason", "reason");
    assertThat(codes(delete)).containsExactly("" + waited.status(), "" + atOnce.status());
    for (var code : codes(delete)) {
      assertThat(delete.path("responses").path(code).path("headers").propertyNames())
          .containsExactlyInAnyOrder("Location", "Preference-Applied");
    }
    assertThat(waited.header("Preference-Applied")).isEqualTo("wait=0");
    assertThat(waited.header("Location")).isNotEmpty();
    assertThat(atOnce.header("Location")).isNotEmpty();
    assertThat(delete.at("/responses/202/content/application~1json/schema/$ref").asString())
        .endsWith("/DeletionView");
    assertThat(delete.at("/responses/204/content").isMissingNode()).isTrue();
  }

  @Test
  void tellsThatEveryChangeTakesAReason() {
    operations()
        .forEach((route, operation) ->
            assertThat(names(operation).contains("X-Purgeline-Reason"))
                .as(route)
                .isEqualTo(!route.startsWith("GET ")));
  }

  @Test
  void describesTheLinesOfSamples() {
    var content = operation("POST /datasets/{id}/samples").path("requestBody").path("content");

    assertThat(content.propertyNames()).containsExactly("application/x-ndjson");
    assertThat(content.at("/application~1x-ndjson/schema/$ref").asString()).endsWith("/SampleLine");
    assertThat(docs().at("/components/schemas/SampleLine/properties").propertyNames())
        .containsExactlyInAnyOrder("sample_idx", "receiver", "object_key", "size_bytes");
  }

  private Answer make(String route, String[] call) {
    var method = route.split(" ")[0];
    var body = call[2].strip().replace('\'', '"').replace("NEW", made);
    var type = route.endsWith("/samples") ? "application/x-ndjson" : "application/json";
    return call[1].isBlank()
        ? api.send(method, path(route), body, "Content-Type", type)
        : api.send(method, path(route), body, "Content-Type", type, "Prefer", call[1].strip());
  }

  private String path(String route) {
    return route
        .substring(route.indexOf(' ') + 1)
        .replace("/datasets/{id}", "/datasets/" + records.dataset())
        .replace("/jobs/{id}", "/jobs/" + records.job("synthetic_generation", "completed"))
        .replace("/synthetic/{id}", "/synthetic/" + records.job("synthetic_generation", "failed"))
        .replace("/trainings/{id}", "/trainings/" + records.training("completed"))
        .replace("/models/{id}", "/models/" + records.model(Records.name("m"), false, false))
        .replace("/deletions/{id}", "/deletions/" + deletion())
        .replace("{group}", "none");
  }

  private UUID deletion() {
    return api.delete("/datasets/" + records.dataset()).deletion();
  }

  private static String lastId(Answer events) {
    return events
        .text()
        .lines()
        .filter(line -> line.startsWith("id:"))
        .map(line -> line.substring("id:".length()))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** All operations by method and path. */
  private Map<String, JsonNode> operations() {
    var operations = new TreeMap<String, JsonNode>();
    for (var path : docs().path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        operations.put(
            operation.getKey().toUpperCase(Locale.ROOT)
                + " "
                + path.getKey().replace("/api/v1", ""),
            operation.getValue());
      }
    }
    return operations;
  }

  private JsonNode operation(String route) {
    return Objects.requireNonNull(operations().get(route), route);
  }

  private static Set<String> codes(JsonNode operation) {
    var codes = new TreeSet<>(operation.path("responses").propertyNames());
    codes.remove("default");
    return codes;
  }

  private static List<String> names(JsonNode operation) {
    return operation.path("parameters").findValuesAsString("name");
  }

  private JsonNode docs() {
    return api.get("/v3/api-docs").json();
  }
}
