package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ApiDocsTest extends GatewayTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/datasets/{id}",
        "/api/v1/jobs/synthetic/datasets/{id}",
        "/api/v1/training/synthetic/datasets/{id}",
        "/api/v1/jobs/{id}",
        "/api/v1/jobs/synthetic/{id}",
        "/api/v1/trainings/{id}"
      })
  void warnsBeforeEveryDeletion(String path) {
    var delete = docs().path("paths").path(path).path("delete");

    assertThat(delete.path("summary").asString()).contains("permanently");
    assertThat(delete.path("description").asString())
        .contains("Warning")
        .contains("permanently")
        .contains("cannot be undone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/jobs/{id}", "/api/v1/jobs/synthetic/{id}"})
  void saysThatDatasetsStayByDefault(String path) {
    var parameters = docs().path("paths").path(path).path("delete").path("parameters");

    var flag =
        parameters
            .valueStream()
            .filter(parameter -> parameter.path("name").asString().equals("delete_dataset"))
            .findFirst()
            .orElseThrow();

    assertThat(flag.path("description").asString()).contains("default: false for data safety");
    assertThat(flag.path("schema").path("type").asString()).isEqualTo("boolean");
    assertThat(flag.path("schema").path("default").asString()).isEqualTo("false");
  }

  private JsonNode docs() {
    return api.get("/v3/api-docs").json();
  }
}
