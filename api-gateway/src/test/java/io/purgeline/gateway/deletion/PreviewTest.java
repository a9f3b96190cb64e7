package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest extends GatewayTestBase {

  @Test
  void showsWhatADatasetTakesWithItAndChangesNothing() {
    var dataset = records.dataset();

    var preview = api.get("/datasets/" + dataset + "/deletion-preview").json();

    assertThat(preview.propertyNames())
        .containsExactlyInAnyOrder(
            "allowed", "blocked_by", "datasets", "locations", "objects", "bytes");
    assertThat(preview.path("allowed").asBoolean()).isTrue();
    assertThat(preview.path("objects").asInt()).isEqualTo(3);
    assertThat(preview.path("bytes").asInt()).isEqualTo(300);
    assertThat(preview.path("locations").get(0).asString())
        .isEqualTo("s3://main/heimdall-synthetic-iq/synthetic/" + dataset + "/");
    assertThat(preview.path("datasets").get(0).propertyNames())
        .containsExactlyInAnyOrder("id", "name", "type", "objects", "bytes");
    assertThat(records.exists("dataset", dataset)).isTrue();
    assertThat(records.count("deletion where resource_id = '" + dataset + "'")).isZero();
  }

  @Test
  void agreesWithTheDeleteAboutWhatBlocks() {
    var dataset = records.dataset();
    var model = records.model(Records.name("serving"), false, true, dataset);
    var training = records.training("running", dataset);

    var preview = api.get("/datasets/" + dataset + "/deletion-preview").json();

    assertThat(preview.path("allowed").asBoolean()).isFalse();
    assertThat(preview.path("blocked_by").path("models").get(0).path("id").asString())
        .isEqualTo(model.toString());
    assertThat(preview.path("blocked_by").path("trainings").get(0).path("id").asString())
        .isEqualTo(training);
    assertThat(api.delete("/datasets/" + dataset).status()).isEqualTo(409);
  }

  @Test
  void showsTheDatasetsOfAJobOnlyIfTheyWouldGo() {
    var job = records.job("synthetic_generation", "running");
    var first = records.dataset(Records.name("d"), job);
    var second = records.dataset(Records.name("d"), job);
    var model = records.model(Records.name("serving"), true, false, first, second);

    var alone = api.get("/jobs/" + job + "/deletion-preview").json();
    var together = api.get("/jobs/" + job + "/deletion-preview?delete_dataset=true").json();

    assertThat(alone.path("allowed").asBoolean()).isTrue();
    assertThat(alone.path("datasets").isEmpty()).isTrue();
    assertThat(together.path("allowed").asBoolean()).isFalse();
    assertThat(together.path("datasets").size()).isEqualTo(2);
    assertThat(together.path("objects").asInt()).isEqualTo(6);
    assertThat(together.path("blocked_by").path("models").size()).isOne();
    assertThat(together.path("blocked_by").path("models").get(0).path("id").asString())
        .isEqualTo(model.toString());
  }

  @Test
  void showsThatATrainingIsAtWork() {
    var training = records.training("running");

    var preview = api.get("/trainings/" + training + "/deletion-preview").json();
    var cancelling = api.get("/trainings/" + training + "/deletion-preview?cancel=true").json();

    assertThat(preview.path("allowed").asBoolean()).isFalse();
    assertThat(preview.path("blocked_by").path("trainings").get(0).path("id").asString())
        .isEqualTo(training);
    assertThat(cancelling.path("allowed").asBoolean()).isTrue();
    assertThat(cancelling.path("locations").get(0).asString())
        .isEqualTo("dir://trainings/" + training);
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void agreesWithTheDeleteAboutAModelThatATrainingMade(boolean active, boolean production) {
    var training = records.training("completed");
    var model = records.model(Records.name("made"), active, production);
    records.madeBy(training, model);
    records.madeBy(training, records.model(Records.name("made"), false, false));
    var path = "/trainings/" + training;

    var preview = api.get(path + "/deletion-preview?cancel=true").json();

    assertThat(preview.path("allowed").asBoolean()).isFalse();
    assertThat(preview.at("/blocked_by/models").findValuesAsString("id"))
        .containsExactly(model.toString());
    var refused = api.delete(path + "?cancel=true");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("blocking_models")).isEqualTo(preview.at("/blocked_by/models"));

    api.patch("/models/" + model, "{\"is_active\": false, \"is_production\": false}");
    assertThat(api.get(path + "/deletion-preview").json().path("allowed").asBoolean()).isTrue();
    assertThat(api.delete(path).status()).isEqualTo(204);
  }

  @Test
  void tellsWhatIsUnknown() {
    assertThat(api.get("/datasets/" + UUID.randomUUID() + "/deletion-preview").status())
        .isEqualTo(404);
    assertThat(api.get("/jobs/" + UUID.randomUUID() + "/deletion-preview").status()).isEqualTo(404);
    assertThat(api.get("/trainings/train_00000000/deletion-preview").status()).isEqualTo(404);
    assertThat(api.get("/datasets/x/deletion-preview").status()).isEqualTo(400);
  }
}
