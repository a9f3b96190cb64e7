package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.Test;
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

  @Test
  void callsFieldsWhatTheApiCallsThem() {
    var schemas = docs().path("components").path("schemas");

    assertThat(
            schemas
                .valueStream()
                .flatMap(schema -> schema.path("properties").propertyNames().stream()))
        .contains("dataset_ids", "created_by_job_id", "dry_run", "rate_per_second", "next_cursor")
        .allMatch(name -> name.matches("[a-z0-9_]+"));
  }

  @Test
  void tellsWhatIsAskedForAndWhatIsAnswered() {
    var schemas = docs().path("components").path("schemas");

    assertThat(schemas.at("/DatasetBody/properties/id/format").asString()).isEqualTo("uuid");
    assertThat(schemas.at("/DatasetBody/properties/id/description").asString())
        .contains("lower case");
    assertThat(schemas.at("/TrainingBody/properties/id/pattern").asString()).startsWith("train_");
    assertThat(schemas.path("ReplayStartDryRun").path("properties").propertyNames())
        .contains("would_refuse", "frozen");
    assertThat(schemas.path("TrainingBodyPatch").path("properties").propertyNames())
        .containsExactly("status");
    assertThat(schemas.path("ModelBodyPatch").path("properties").propertyNames())
        .contains("is_active", "is_production", "allow_missing_datasets");
  }

  private JsonNode docs() {
    return api.get("/v3/api-docs").json();
  }
}
