package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every request that could change something, by the API's own documentation, on real records. */
class RightsTest extends GatewayTestBase {

  /** Editors change the catalogue; what else there is, now or later, is for operators. */
  private static final Pattern CATALOGUE =
      Pattern.compile("/api/v1/(datasets|jobs|trainings?|models)(/.*)?");

  @Test
  void asksForALoginBeforeEveryChange() {
    requireThatAllAreRefused(api.anonymous(), 401, changes());
  }

  @Test
  void letsNoViewerChangeAnything() {
    requireThatAllAreRefused(api.as("victor"), 403, changes());
  }

  @Test
  void leavesOperationsToOperators() {
    var operations = changes().stream().filter(change -> !change.isOfTheCatalogue()).toList();

    requireThatAllAreRefused(api.as("edith"), 403, operations);
  }

  private void requireThatAllAreRefused(Api user, int status, List<Change> changes) {
    var before = records.everything();
    for (var change : changes) {
      var answer =
          user.send(change.method(), change.path(), "{}", "Content-Type", "application/json");
      assertThat(answer.status()).as("%s: %s", change, answer.text()).isEqualTo(status);
    }
    assertThat(records.everything()).isEqualTo(before);
    assertThat(changes).as("routes of the API").hasSizeGreaterThan(10);
  }

  private List<Change> changes() {
    var dataset = records.dataset();
    var job = records.job("synthetic_generation", "completed");
    var training = records.training("completed");
    var model = records.model(Records.name("m"), false, false, dataset);
    var changes = new ArrayList<Change>();
    for (var path : api.get("/v3/api-docs").json().path("paths").properties()) {
      var real =
          path.getKey()
              .replaceFirst("/datasets/\\{id}", "/datasets/" + dataset)
              .replaceFirst("/jobs/(synthetic/)?\\{id}", "/jobs/$1" + job)
              .replaceFirst("/trainings/\\{id}", "/trainings/" + training)
              .replaceFirst("/models/\\{id}", "/models/" + model)
              .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
      for (var method : path.getValue().propertyNames()) {
        if (!method.equals("get")) {
          changes.add(new Change(method.toUpperCase(Locale.ROOT), real));
        }
      }
    }
    return changes;
  }

  private record Change(String method, String path) {

    boolean isOfTheCatalogue() {
      return CATALOGUE.matcher(path).matches();
    }
  }
}
