package io.purgeline.gateway.catalogue;

import static io.purgeline.gateway.catalogue.CatalogueTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelActivationTest extends GatewayTestBase {

  @ParameterizedTest
  @ValueSource(strings = {"is_active", "is_production"})
  void refusesToActivateAModelWhoseDatasetWasDeleted(String flag) {
    var dataset = records.dataset();
    var model = records.model(Records.name("old"), false, false, dataset, records.dataset());
    api.delete("/datasets/" + dataset);

    var refused = api.patch("/models/" + model, json("{'%s':true}", flag));
    var allowed =
        api.patch("/models/" + model, json("{'%s':true,'allow_missing_datasets':true}", flag));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().at("/missing_datasets/0").asString()).isEqualTo(dataset.toString());
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.json().path(flag).asBoolean()).isTrue();
  }

  @Test
  void refusesToRegisterAnActiveModelOfADeletedDataset() {
    var dataset = records.dataset();
    api.delete("/datasets/" + dataset);
    var body = "{'name':'%s','version':'1','dataset_ids':['%s'],'is_active':true%s}";

    var refused = api.post("/models", json(body, Records.name("late"), dataset, ""));
    var allowed =
        api.post(
            "/models",
            json(body, Records.name("late"), dataset, ",\"allow_missing_datasets\":true"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(allowed.status()).isEqualTo(201);
  }

  @Test
  void neverKnowsADatasetThatNeverWas() {
    var body =
        json(
            "{'name':'m','version':'1','dataset_ids':['%s'],'is_active':true,'allow_missing_datasets':true}",
            UUID.randomUUID());

    var refused = api.post("/models", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).startsWith("Dataset not found: ");
  }

  @Test
  void deactivatesAModelWhateverBecameOfItsData() {
    var dataset = records.dataset();
    var model = records.model(Records.name("old"), false, false, dataset);
    api.delete("/datasets/" + dataset);
    api.patch("/models/" + model, json("{'is_active':true,'allow_missing_datasets':true}"));

    assertThat(api.patch("/models/" + model, json("{'is_active':false}")).status()).isEqualTo(200);
    assertThat(api.delete("/models/" + model).status()).isEqualTo(204);
    assertThat(api.delete("/models/" + model).detail()).isEqualTo("Model not found: " + model);
  }

  /** Versions of one model: putting one into service takes none out of it. */
  @ParameterizedTest
  @ValueSource(strings = {"is_active", "is_production"})
  void changesNoOtherModel(String flag) {
    var name = Records.name("deployed");
    var activeOnes = records.dataset();
    var active = records.model(name, true, false, activeOnes);
    var productionOnes = records.dataset();
    var production = records.model(name, false, true, productionOnes);
    var next = records.model(name, false, false, records.dataset());

    for (var on : new boolean[] {true, false}) {
      var answer = api.patch("/models/" + next, json("{'%s':%s}", flag, on));

      assertThat(answer.json().path(flag).asBoolean()).isEqualTo(on);
      assertThat(flags(active)).isEqualTo("true false");
      assertThat(flags(production)).isEqualTo("false true");
      assertThat(api.delete("/datasets/" + activeOnes).status()).isEqualTo(409);
      assertThat(api.delete("/datasets/" + productionOnes).status()).isEqualTo(409);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"is_active", "is_production"})
  void protectsItsDatasetUntilItLosesBothFlags(String first) {
    var dataset = records.dataset();
    var model = records.model(Records.name("deployed"), true, true, dataset);

    api.patch("/models/" + model, json("{'%s':false}", first));
    assertThat(api.delete("/datasets/" + dataset).status()).isEqualTo(409);

    api.patch("/models/" + model, json("{'is_active':false,'is_production':false}"));
    assertThat(api.delete("/datasets/" + dataset).status()).isEqualTo(204);
  }

  @Test
  void deletesNoModelThatServes() {
    var active = records.model(Records.name("a"), true, false, records.dataset());
    var production = records.model(Records.name("p"), false, true, records.dataset());

    assertThat(api.delete("/models/" + active).status()).isEqualTo(409);
    assertThat(api.delete("/models/" + production).status()).isEqualTo(409);
    assertThat(records.exists("model", active)).isTrue();
    assertThat(records.exists("model", production)).isTrue();
  }

  /** The other side holds the dataset, as a deletion does, and then takes it out. */
  @Test
  void waitsForADeletionThatIsUnderWayAndThenRefuses() {
    var dataset = records.dataset();
    var model = records.model(Records.name("raced"), false, false, dataset);
    var held = new CountDownLatch(1);
    var activating = new CountDownLatch(1);

    var deletion =
        CompletableFuture.runAsync(
            () ->
                transactions.executeWithoutResult(tx -> {
                  sql.sql("select from dataset where id = :id for update")
                      .param("id", dataset)
                      .query()
                      .listOfRows();
                  held.countDown();
                  awaitQuietly(activating);
                  sql.sql("delete from dataset where id = :id").param("id", dataset).update();
                }),
            Thread::startVirtualThread);
    awaitQuietly(held);
    var activation =
        CompletableFuture.supplyAsync(
            () -> api.patch("/models/" + model, json("{'is_active':true}")),
            Thread::startVirtualThread);
    await().until(() -> records.count("pg_locks where not granted") > 0);
    activating.countDown();

    deletion.join();
    assertThat(activation.join().status()).isEqualTo(409);
  }

  private String flags(UUID model) {
    return sql.sql("select is_active || ' ' || is_production from model where id = :id")
        .param("id", model)
        .query(String.class)
        .single();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
