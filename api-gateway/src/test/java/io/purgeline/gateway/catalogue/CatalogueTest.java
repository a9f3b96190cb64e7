package io.purgeline.gateway.catalogue;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CatalogueTest extends GatewayTestBase {

  private static final String IQ = "s3://main/heimdall-synthetic-iq/synthetic/";

  @Test
  void registersADatasetAtItsDefaultLocations() {
    var id = UUID.randomUUID();
    var name = Records.name("recordings");

    var answer = api.post("/datasets", json("{'id':'%s','name':'%s','type':'iq_raw'}", id, name));

    assertThat(answer.status()).isEqualTo(201);
    var dataset = answer.json();
    assertThat(dataset.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "type",
            "created_by_job_id",
            "locations",
            "sample_count",
            "sample_bytes",
            "models",
            "owner",
            "created_at");
    assertThat(dataset.path("locations").findValuesAsString("uri"))
        .containsExactlyInAnyOrder(IQ + id + "/", IQ + "dataset-" + id + "/");
    assertThat(dataset.path("created_by_job_id").isNull()).isTrue();
    assertThat(dataset.path("sample_count").asLong()).isZero();
    assertThat(dataset.path("owner").asString()).isEqualTo("alice");
    assertThat(dataset.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(api.get("/datasets/" + id).json()).isEqualTo(dataset);
  }

  /** What a client calls by an id in capitals must not be looked for in lower case. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/datasets | 'type':'files'",
        "/jobs     | 'type':'training'",
        "/models   | 'version':'1','dataset_ids':[]"
      })
  void takesANewIdInLowerCaseOnly(String path, String rest) {
    var inCapitals = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    var body = json("{'id':'%s','name':'%s'," + rest + "}", inCapitals, Records.name("new"));

    var answer = api.post(path, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail())
        .isEqualTo("Invalid id: it must be a UUID in lower case, as places are named by it");
    assertThat(api.post(path, body.replace(inCapitals, UUID.randomUUID().toString())).status())
        .isEqualTo(201);
  }

  @Test
  void knowsWhatItIsToldOfHoweverItIsWritten() {
    var job = records.job("synthetic_generation", "completed").toString();
    var dataset =
        created(
            "/datasets",
            json(
                "{'name':'%s','type':'files','created_by_job_id':'%s'}",
                Records.name("f"), job.toUpperCase(Locale.ROOT)));
    var inCapitals = dataset.path("id").asString().toUpperCase(Locale.ROOT);
    var model =
        created(
            "/models",
            json(
                "{'name':'%s','version':'1','dataset_ids':['%s']}", Records.name("m"), inCapitals));

    assertThat(dataset.path("created_by_job_id").asString()).isEqualTo(job);
    assertThat(model.path("dataset_ids").get(0)).isEqualTo(dataset.path("id"));
    assertThat(api.get("/datasets/" + inCapitals).json().path("id")).isEqualTo(dataset.path("id"));
  }

  @Test
  void givesEachTypeItsOwnDefaults() {
    var files = created("/datasets", json("{'name':'%s','type':'files'}", Records.name("f")));
    var features =
        created("/datasets", json("{'name':'%s','type':'feature_based'}", Records.name("f")));
    var training = created("/trainings", json("{'name':'t','status':'queued'}"));

    assertThat(files.path("locations").findValuesAsString("uri"))
        .containsExactly("dir://datasets/" + files.path("id").asString());
    assertThat(features.path("locations")).isEmpty();
    assertThat(training.path("id").asString()).matches("train_[0-9a-f]{8,64}");
    assertThat(training.path("location").path("uri").asString())
        .isEqualTo("dir://trainings/" + training.path("id").asString());
  }

  @Test
  void takesATrainingsLocationAsAnObjectOrAsText() {
    var object =
        created("/trainings", json("{'name':'t','location':{'uri':'dir://trainings/as/object'}}"));
    var text = created("/trainings", json("{'name':'t','location':'dir://trainings/as/text'}"));

    assertThat(object.at("/location/uri").asString()).isEqualTo("dir://trainings/as/object");
    assertThat(text.at("/location/uri").asString()).isEqualTo("dir://trainings/as/text");
  }

  @Test
  void showsTheModelsThatUseADataset() {
    var dataset = records.dataset();
    var model =
        created(
            "/models",
            json(
                "{'name':'%s','version':'1','dataset_ids':['%s'],'is_active':true}",
                Records.name("m"), dataset));

    var shown = api.get("/datasets/" + dataset).json().path("models");

    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).path("id")).isEqualTo(model.path("id"));
    assertThat(shown.get(0).path("is_active").asBoolean()).isTrue();
    assertThat(shown.get(0).path("is_production").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /datasets  | {'name':'LONGEST','type':'files','locations':[PLACES]}
          /jobs      | {'name':'LONGEST','type':'training'}
          /trainings | {'name':'LONGEST','dataset_ids':[IDS]}
          /models    | {'name':'LONGEST','version':'LONGEST','dataset_ids':[IDS]}
          """)
  void takesTheLongestNamesAndLists(String path, String body) {
    var longest = (Records.name("x") + "\u00e9".repeat(255)).substring(0, 255);
    var ids = Stream.generate(records::dataset).limit(body.contains("IDS") ? 999 : 0);
    var places = IntStream.range(0, 999).mapToObj(n -> "{'uri':'dir://datasets/many/" + n + "'}");

    var answer =
        api.post(
            path,
            json(
                body.replace("LONGEST", longest)
                    .replace("IDS", ids.map(id -> "'" + id + "'").collect(joining(",")))
                    .replace("PLACES", places.collect(joining(",")))));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("name").asString()).isEqualTo(longest);
    if (body.contains("IDS")) {
      assertThat(answer.json().path("dataset_ids")).hasSize(999);
    }
    if (body.contains("PLACES")) {
      assertThat(answer.json().path("locations")).hasSize(999);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /datasets  | {'id':'%s','name':'same %s','type':'files'}                  | {'id':'%s','name':'same %s','type':'iq_raw'}
          /jobs      | {'id':'%s','name':'same','type':'training','status':'queued'} | {'id':'%s','name':'same','type':'training','status':'failed'}
          /trainings | {'id':'train_%s','name':'same','dataset_ids':[]}              | {'id':'train_%s','name':'other','dataset_ids':[]}
          /models    | {'id':'%s','name':'same %s','version':'1','dataset_ids':[]}   | {'id':'%s','name':'same %s','version':'1','dataset_ids':[],'is_active':true}
          """)
  void knowsTheSameRequestAgainFromAnotherOne(String path, String body, String otherBody) {
    var id = UUID.randomUUID().toString();
    var fit = path.equals("/trainings") ? id.replace("-", "") : id;
    var request = json(body.replace("%s", fit));

    var first = api.post(path, request);
    var again = api.post(path, request);
    var other = api.post(path, json(otherBody.replace("%s", fit)));

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.detail()).contains("Another").contains(fit);
  }

  @Test
  void knowsTheSameRequestAgainAfterAChange() {
    var request =
        json("{'id':'%s','name':'job','type':'training','status':'queued'}", UUID.randomUUID());
    var job = created("/jobs", request).path("id").asString();
    api.patch("/jobs/" + job, json("{'status':'completed'}"));

    var again = api.post("/jobs", request);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("status").asString()).isEqualTo("completed");
  }

  @Test
  void refusesATakenName() {
    var name = Records.name("taken");
    created("/datasets", json("{'name':'%s','type':'files'}", name));

    var second = api.post("/datasets", json("{'name':'%s','type':'files'}", name));

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.detail()).contains("'" + name + "'");
  }

  @Test
  void givesANameFreeAtOnceButAnIdOnlyWhenPurged() {
    var name = Records.name("again");
    var request = json("{'id':'%s','name':'%s','type':'files'}", UUID.randomUUID(), name);
    var id = created("/datasets", request).path("id").asString();
    var deletion = api.delete("/datasets/" + id).deletion();

    var reused = api.post("/datasets", request);
    var sameName = api.post("/datasets", json("{'name':'%s','type':'feature_based'}", name));

    assertThat(reused.status()).isEqualTo(409);
    assertThat(reused.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
    assertThat(sameName.status()).isEqualTo(201);

    records.work(deletion, "DONE");
    var free = request.replace(name, Records.name("other"));
    assertThat(api.post("/datasets", free).status()).as("id and place are free").isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "queued", "running", "paused", "completed", "failed"})
  void movesJobsAndTrainingsToAnyStatus(String status) {
    var job = records.job("training", "cancelled");
    var training = records.training("cancelled");
    var patch = json("{'status':'%s'}", status);

    assertThat(api.patch("/jobs/" + job, patch).json().path("status").asString()).isEqualTo(status);
    assertThat(api.patch("/trainings/" + training, patch).json().path("status").asString())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"queued", "running", "paused"})
  void letsNoTrainingGoOnWhoseDatasetWasDeleted(String status) {
    var dataset = records.dataset();
    var training = records.training("failed", dataset);
    api.delete("/datasets/" + dataset);

    var refused = api.patch("/trainings/" + training, json("{'status':'%s'}", status));
    var ended = api.patch("/trainings/" + training, json("{'status':'cancelled'}"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail())
        .isEqualTo("Cannot set training to %s: 1 of its datasets were deleted.".formatted(status));
    assertThat(ended.json().path("status").asString()).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @CsvSource({
    "/datasets/5f0c7b1e-0000-4000-8000-000000000000, Dataset not found: 5f0c7b1e-0000-4000-8000-000000000000",
    "/jobs/5f0c7b1e-0000-4000-8000-000000000000, Job not found: 5f0c7b1e-0000-4000-8000-000000000000",
    "/models/5f0c7b1e-0000-4000-8000-000000000000, Model not found: 5f0c7b1e-0000-4000-8000-000000000000",
    "/trainings/train_00000000, Training not found: train_00000000"
  })
  void saysWhatItCannotFind(String path, String text) {
    var answer = api.get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.detail()).isEqualTo(text);
  }

  @Test
  void saysByWhichDeletionSomethingIsGone() {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();

    var gone = api.get("/datasets/" + dataset);

    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/datasets", "/jobs", "/trainings", "/models"})
  void listsEverythingPageByPage(String path) {
    for (int i = 0; i < 3; i++) {
      records.job("training", "queued");
      records.training("queued");
      records.model(Records.name("listed"), false, false, records.dataset());
    }
    var whole = ids(api.get(path + "?limit=1000"));

    var paged = new ArrayList<String>();
    var next = "";
    do {
      var page = api.get(path + "?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next));
      assertThat(page.json().path("items").size()).isLessThanOrEqualTo(2);
      paged.addAll(ids(page));
      next = page.json().path("next_cursor").asString("");
    } while (!next.isEmpty());

    assertThat(paged).hasSizeGreaterThan(2).isEqualTo(whole);
  }

  @Test
  void recordsWhoChangedWhatAndWhatWasRefused() {
    var id = UUID.randomUUID();
    var editor = api.as("edith");
    editor.post("/jobs", json("{'id':'%s','name':'job','type':'training'}", id));
    editor.patch("/jobs/" + id, json("{'status':'running'}"));
    editor.post("/jobs", json("{'id':'%s','name':'other','type':'training'}", id));

    var entries = api.get("/audit?resource_id=" + id).json().path("items");

    assertThat(entries.findValuesAsString("actor")).containsOnly("edith");
    assertThat(entries.findValuesAsString("act"))
        .containsExactly("job.register", "job.change", "job.register");
    assertThat(entries.findValuesAsString("outcome"))
        .containsExactly("refused: Another job has the id " + id, "accepted", "accepted");
  }

  private JsonNode created(String path, String body) {
    var answer = api.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static List<String> ids(Answer page) {
    return page.json().path("items").valueStream().map(item -> item.path("id").asString()).toList();
  }

  static String json(String template, Object... values) {
    return template.replace('\'', '"').formatted(values);
  }
}
