package io.purgeline.gateway.catalogue;

import static io.purgeline.gateway.catalogue.CatalogueTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An id stays taken in whatever state its purge stops, until every byte is gone. */
class ReservedIdTest extends GatewayTestBase {

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "DEAD", "RETAINED", "DISCARDED"})
  void isThatOfADataset(String task) {
    var id = UUID.randomUUID().toString();
    register("/datasets", dataset(id));
    var deletion = api.delete("/datasets/" + id).deletion();

    records.work(deletion, task);

    expectReserved("/datasets", dataset(id), id, deletion);
    records.work(deletion, "DONE");
    register("/datasets", dataset(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "DEAD", "RETAINED", "DISCARDED"})
  void isThatOfAJob(String task) {
    var id = UUID.randomUUID().toString();
    var job = json("{'id':'%s','name':'job','type':'synthetic_generation'}", id);
    register("/jobs", job);
    records.dataset(Records.name("made"), UUID.fromString(id));
    var answer = api.delete("/jobs/" + id + "?delete_dataset=true");
    var part = UUID.fromString(answer.json().at("/deletions/0").asString());

    records.work(part, task);

    expectReserved("/jobs", job, id, answer.deletion());
    records.work(part, "DONE");
    register("/jobs", job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "DEAD", "RETAINED", "DISCARDED"})
  void isThatOfATraining(String task) {
    var id = "train_" + UUID.randomUUID().toString().replace("-", "");
    register("/trainings", training(id));
    var deletion = api.delete("/trainings/" + id).deletion();

    records.work(deletion, task);

    expectReserved("/trainings", training(id), id, deletion);
    records.work(deletion, "DONE");
    register("/trainings", training(id));
  }

  /** It has no place that could be reserved in its stead. */
  private static String dataset(String id) {
    return json("{'id':'%s','name':'%s','type':'feature_based'}", id, Records.name("features"));
  }

  /** At another place each time, or the place would be what is reserved. */
  private static String training(String id) {
    return json(
        "{'id':'%s','name':'t','status':'completed','location':'dir://trainings/%s'}",
        id, Records.name("kept"));
  }

  private void register(String path, String body) {
    var answer = api.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private void expectReserved(String path, String body, String id, UUID deletion) {
    var answer = api.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.detail())
        .isEqualTo("The id " + id + " is reserved until its deletion has been purged");
    assertThat(answer.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
  }
}
