package io.purgeline.gateway.operations;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request that could change something, by the API's own documentation. */
class AuditedRoutesTest extends GatewayTestBase {

  /** With a name that nothing else has; what else there is may be refused for want of anything. */
  private static final Map<String, String> ACCEPTED =
      Map.ofEntries(
          entry("POST /datasets", "{'name':'%s','type':'files'}"),
          entry("POST /datasets/{id}/samples", ""),
          entry("DELETE /datasets/{id}", ""),
          entry("DELETE /jobs/synthetic/datasets/{id}", ""),
          entry("DELETE /training/synthetic/datasets/{id}", ""),
          entry("POST /jobs", "{'name':'%s','type':'training'}"),
          entry("PATCH /jobs/{id}", "{'status':'failed'}"),
          entry("DELETE /jobs/{id}", ""),
          entry("DELETE /jobs/synthetic/{id}", ""),
          entry("POST /trainings", "{'name':'%s','status':'queued'}"),
          entry("PATCH /trainings/{id}", "{'status':'failed'}"),
          entry("DELETE /trainings/{id}", ""),
          entry("POST /models", "{'name':'%s','version':'1','dataset_ids':[]}"),
          entry("PATCH /models/{id}", "{'is_active':true}"),
          entry("DELETE /models/{id}", ""),
          entry("POST /freeze", "{'reason':'%s'}"),
          entry("DELETE /freeze", ""),
          entry("POST /replays", "{'selector':{'group':'none'},'reason':'%s'}"),
          entry("POST /dead-letters/groups/{group}/discard", "{'reason':'%s'}"),
          entry("POST /dead-letters/groups/{group}/restore", ""));

  @AfterEach
  void thaw() {
    api.delete("/freeze");
  }

  @Test
  void leavesOneEntryWhetherAcceptedOrRefused() {
    var accepted = new TreeSet<String>();
    for (var path : api.get("/v3/api-docs").json().path("paths").properties()) {
      for (var method : path.getValue().propertyNames()) {
        var route = method.toUpperCase(Locale.ROOT) + " " + path.getKey().replace("/api/v1", "");
        if (!method.equals("get") && leavesOneEntry(route)) {
          accepted.add(route);
        }
      }
    }
    assertThat(accepted).containsAll(ACCEPTED.keySet());
  }

  /** Answers whether it was accepted. */
  private boolean leavesOneEntry(String route) {
    var reason = Records.name("because");
    var body = ACCEPTED.getOrDefault(route, "{}").formatted(reason).replace('\'', '"');

    var answer =
        api.send(
            route.substring(0, route.indexOf(' ')),
            path(route),
            body,
            "Content-Type",
            route.endsWith("/samples") ? "application/x-ndjson" : "application/json",
            "X-Purgeline-Reason",
            reason);

    var accepted = answer.status() < 300;
    assertThat(outcomes(reason))
        .as("%s: %s %s", route, answer.status(), answer.text())
        .singleElement()
        .asString()
        .startsWith(accepted ? "accepted" : "refused: ");
    return accepted;
  }

  private String path(String route) {
    return route
        .substring(route.indexOf(' ') + 1)
        .replace("/datasets/{id}", "/datasets/" + records.dataset())
        .replace("/jobs/{id}", "/jobs/" + job())
        .replace("/jobs/synthetic/{id}", "/jobs/synthetic/" + job())
        .replace("/trainings/{id}", "/trainings/" + records.training("completed"))
        .replace("/models/{id}", "/models/" + records.model(Records.name("m"), false, false))
        .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
  }

  private UUID job() {
    return records.job("synthetic_generation", "completed");
  }

  private List<String> outcomes(String reason) {
    return sql.sql("select outcome from audit_entry where reason = :reason")
        .param("reason", reason)
        .query((row, n) -> row.getString(1))
        .list();
  }
}
