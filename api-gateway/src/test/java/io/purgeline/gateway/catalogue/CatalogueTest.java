package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueTest extends GatewayTestBase {

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private Answer dataset(String id, String name, String type, String further) {
    return api.post(
        "/datasets",
        """
        {"id": "%s", "name": "%s", "type": "%s"%s}\
        """
            .formatted(id, name, type, further));
  }

  private static String at(String uri) {
    return ", \"locations\": [{\"uri\": \"" + uri + "\"}]";
  }

  @Test
  void givesADatasetItsDefaultLocations() {
    var id = newId();

    var answer = dataset(id, "d-" + id, "iq_raw", "");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("locations").toString())
        .contains("s3://main/heimdall-synthetic-iq/synthetic/" + id + "/")
        .contains("s3://main/heimdall-synthetic-iq/synthetic/dataset-" + id + "/");
    assertThat(answer.json().path("sample_count").intValue()).isZero();
    assertThat(answer.json().path("created_at").stringValue()).endsWith("Z");
  }

  @Test
  void answersARepeatedRegistrationWith200AndADifferentOneWith409() {
    var id = newId();
    dataset(id, "d-" + id, "iq_raw", "");

    assertThat(dataset(id, "d-" + id, "iq_raw", "").status()).isEqualTo(200);
    assertThat(dataset(id, "another", "iq_raw", "").status()).isEqualTo(409);
  }

  @Test
  void refusesANameThatIsTaken() {
    var name = "d-" + newId();
    dataset(newId(), name, "iq_raw", "");

    var answer = dataset(newId(), name, "iq_raw", "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.detail()).contains(name);
  }

  @Test
  void refusesLocationsThatOverlapAndNamesTheOneInTheWay() {
    var base = "s3://main/heimdall-synthetic-iq/" + newId() + "/";
    assertThat(dataset(newId(), "d-" + newId(), "iq_raw", at(base + "run-1/")).status())
        .isEqualTo(201);

    assertThat(dataset(newId(), "d-" + newId(), "iq_raw", at(base + "run-10/")).status())
        .as("run-10 is not below run-1")
        .isEqualTo(201);
    for (var uri : new String[] {base + "run-1/", base + "run-1/x/", base}) {
      var answer = dataset(newId(), "d-" + newId(), "iq_raw", at(uri));
      assertThat(answer.status()).as(uri).isEqualTo(409);
      assertThat(answer.detail()).contains(base + "run-1");
    }
  }

  @Test
  void letsOneOfManyHaveALocation() {
    var uri = "s3://main/heimdall-synthetic-iq/" + newId() + "/";

    var answers =
        IntStream.range(0, 8)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> dataset(newId(), "d-" + newId(), "iq_raw", at(uri)).status()))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join))
        .containsOnlyOnce(201)
        .containsOnly(201, 409);
  }

  @Test
  void reservesTheIdAndThePlaceOfADeletedDatasetUntilItIsPurged() {
    var id = newId();
    var uri = "s3://main/heimdall-synthetic-iq/" + id + "/";
    dataset(id, "d-" + id, "iq_raw", at(uri));
    var deletion = api.delete("/datasets/" + id).deletion().toString();

    var sameId = dataset(id, "d2-" + id, "iq_raw", at(uri + "other/"));
    var samePlace = dataset(newId(), "d3-" + id, "iq_raw", at(uri));
    var sameName = dataset(newId(), "d-" + id, "feature_based", "");

    assertThat(sameId.status()).isEqualTo(409);
    assertThat(sameId.json().path("deletion_id").stringValue()).isEqualTo(deletion);
    assertThat(samePlace.status()).isEqualTo(409);
    assertThat(samePlace.json().path("deletion_id").stringValue()).isEqualTo(deletion);
    assertThat(sameName.status()).as("names are free at once").isEqualTo(201);
  }

  @Test
  void saysByWhichDeletionAMissingDatasetWent() {
    var id = newId();
    dataset(id, "d-" + id, "iq_raw", "");
    var deletion = api.delete("/datasets/" + id).deletion().toString();

    var answer = api.get("/datasets/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.detail()).isEqualTo("Dataset not found: " + id);
    assertThat(answer.json().path("deletion_id").stringValue()).isEqualTo(deletion);
  }

  @Test
  void refusesToActivateAModelWhoseDatasetIsGone() {
    var dataset = newId();
    dataset(dataset, "d-" + dataset, "feature_based", "");
    var model = newId();
    api.post(
        "/models",
        "{\"id\": \"%s\", \"name\": \"m-%s\", \"version\": \"1\", \"dataset_ids\": [\"%s\"]}"
            .formatted(model, model, dataset));
    api.delete("/datasets/" + dataset);

    var refused = api.patch("/models/" + model, "{\"is_production\": true}");
    var allowed =
        api.patch(
            "/models/" + model, "{\"is_production\": true, \"allow_missing_datasets\": true}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(api.delete("/models/" + model).status()).as("in production").isEqualTo(409);
  }

  @Test
  void showsWhichModelsUseADataset() {
    var dataset = newId();
    dataset(dataset, "d-" + dataset, "feature_based", "");
    api.post(
        "/models",
        "{\"name\": \"m-%s\", \"version\": \"1\", \"dataset_ids\": [\"%s\"], \"is_active\": true}"
            .formatted(dataset, dataset));

    var models = api.get("/datasets/" + dataset).json().path("models");

    assertThat(models.path(0).path("name").stringValue()).isEqualTo("m-" + dataset);
    assertThat(models.path(0).path("is_active").booleanValue()).isTrue();
  }

  @Test
  void pagesThroughAList() {
    for (int i = 0; i < 3; i++) {
      api.post("/jobs", "{\"name\": \"j\", \"type\": \"training\", \"status\": \"completed\"}");
    }

    var first = api.get("/jobs?limit=2").json();
    var second = api.get("/jobs?limit=2&cursor=" + first.path("next_cursor").stringValue()).json();

    assertThat(first.path("items")).hasSize(2);
    assertThat(second.path("items")).isNotEmpty();
    assertThat(second.path("items").path(0).path("id"))
        .isNotEqualTo(first.path("items").path(0).path("id"));
  }
}
