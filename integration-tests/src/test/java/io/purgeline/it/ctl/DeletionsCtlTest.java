package io.purgeline.it.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deleting and following, and how the command line ends when something is not as it should be. */
class DeletionsCtlTest extends OnGateway {

  private static final int INTERRUPTED = 130;

  @Test
  void deletesAndWaitsUntilEverythingIsPurged() throws Exception {
    var training = training();

    var deletion = ctl.run("delete", "training", training, "--reason", "done with it", "--watch");

    assertThat(deletion.endsWith(0).out())
        .contains("accepted.", "PURGED, 1 object purged, 7 B")
        .doesNotContain("\r");
    assertThat(directory(training)).doesNotExist();
    var listed = ctl.json("deletions", "ls", "--resource", training).path("items");
    assertThat(listed.size()).isEqualTo(1);
    assertThat(listed.path(0).path("reason").asString()).isEqualTo("done with it");
    var id = listed.path(0).path("id").asString();
    assertThat(ctl.run("deletions", "show", id).endsWith(0).out())
        .contains("state: PURGED", "location: dir://trainings/" + training);
    assertThat(ctl.run("deletions", "watch", id).endsWith(0).out()).contains("PURGED");
  }

  @Test
  void deletesAJobWithItsDatasets() throws Exception {
    var job = job();
    var dataset = datasetOf(job);

    assertThat(ctl.run("delete", "dataset", dataset, "--with-datasets").endsWith(2).err())
        .contains("--with-datasets is for jobs");
    var deletion = ctl.json("delete", "job", job, "--with-datasets", "--watch");

    assertThat(deletion.path("state").asString()).isEqualTo("PURGED");
    assertThat(deletion.path("resource").path("kind").asString()).isEqualTo("job");
    assertThat(ctl.json("deletions", "ls", "--resource", dataset).path("items").size())
        .isEqualTo(1);
  }

  @Test
  void leavesTheDatasetsOfAJobUnlessAsked() throws Exception {
    var job = job();
    var dataset = datasetOf(job);

    var deletion = ctl.run("delete", "job", job, "--watch");

    assertThat(deletion.endsWith(0).out()).contains("With the job: 0 datasets.", "PURGED");
    assertThat(ctl.json("deletions", "ls", "--resource", dataset).path("items").isEmpty()).isTrue();
    ctl.run("delete", "dataset", dataset).endsWith(0);
  }

  @Test
  void followsAJobToTheLastOfItsDatasetsAndTellsWhereItsLettersAre() throws Exception {
    var job = job();
    var denied = datasetOf(job);
    var late = datasetOf(job, "files");
    s3().putMany(bucket(), "synthetic/" + denied + "/", 1, 100);
    deny("synthetic/" + denied + "/");
    var root = folder.resolve("data/datasets");
    Files.writeString(Files.createDirectory(root.resolve(late)).resolve("a"), "late");
    var away = Files.move(root, folder.resolve("away"));
    CtlProcess.Running watching;
    try {
      watching = ctl.start("delete", "job", job, "--with-datasets", "--watch");
      await().atMost(LONG).until(() -> watching.out().contains("DEAD, the rest goes on: 0 of "));
    } finally {
      Files.move(away, root);
    }

    var watched = watching.end().endsWith(3).out();

    assertThat(root.resolve(late)).doesNotExist();
    var deletion =
        ctl.json("deletions", "ls", "--resource", job).path("items").path(0).path("id").asString();
    assertThat(watched)
        .contains("It gave up: ./purgeline ctl dead-letters ls --deletion " + deletion);
    assertThat(ctl.run("dead-letters", "ls", "--deletion", deletion).endsWith(0).out())
        .contains(denied);
    allow();
    ctl.run("dead-letters", "replay", "--deletion", deletion, "--reason", "allowed", "--watch")
        .endsWith(0);
    ctl.run("deletions", "watch", deletion).endsWith(0);
  }

  @Test
  void asksBeforeMoreThanAHundredDatasetsGo() throws Exception {
    var job = job();
    insertDatasetsOf(job, 100);
    var one = datasetOf(job);
    String[] command = {"delete", "job", job, "--with-datasets"};

    assertThat(ctl.run(command).endsWith(4).err())
        .isEqualTo(
            "Delete job %s with 101 datasets, 0 B? Nobody is there to be asked: give --yes.\n"
                .formatted(job));
    assertThat(ctl.onTerminal("n\n", command).endsWith(4).out())
        .contains("with 101 datasets, 0 B? [y/N]", "Nothing was done.");
    ctl.run("delete", "dataset", one).endsWith(0);
    assertThat(ctl.run(command).endsWith(0).out()).contains("With the job: 100 datasets.");
  }

  @Test
  void tellsWhichModelsBlock() throws Exception {
    var job = job();
    var dataset = datasetOf(job);
    var model = "model of " + dataset;
    post(
        "/models",
        """
        {"name": "%s", "version": "1", "dataset_ids": ["%s"], "is_active": true}
        """
            .formatted(model, dataset));
    var blocked =
        ": it is currently used by 1 active model(s): %s. Please deactivate or delete these models first"
            .formatted(model);

    var refused = ctl.run("delete", "dataset", dataset).endsWith(4);
    var onTerminal = ctl.onTerminal("", "delete", "job", job, "--with-datasets").endsWith(4);

    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).isEqualTo("Cannot delete dataset%s.\n".formatted(blocked));
    assertThat(onTerminal.out().strip())
        .isEqualTo(
            "Cannot delete dataset '%s'%s, or uncheck 'delete_dataset'."
                .formatted(dataset, blocked));
    assertThat(ctl.run("delete", "job", job).endsWith(0).out()).contains("0 datasets");
  }

  private String job() throws Exception {
    var id = UUID.randomUUID().toString();
    post(
        "/jobs",
        """
        {"id": "%s", "name": "%s", "type": "synthetic_generation", "status": "completed"}
        """
            .formatted(id, id));
    return id;
  }

  private String datasetOf(String job) throws Exception {
    return datasetOf(job, "iq_raw");
  }

  private String datasetOf(String job, String type) throws Exception {
    var id = UUID.randomUUID().toString();
    post(
        "/datasets",
        "{\"id\": \"%s\", \"name\": \"%s\", \"type\": \"%s\", \"created_by_job_id\": \"%s\"}"
            .formatted(id, id, type, job));
    return id;
  }

  private void insertDatasetsOf(String job, int count) {
    sql.sql(
            """
            insert into dataset (id, name, type, created_by_job_id, owner)
            select gen_random_uuid(), 'one of ' || :job || ' ' || n, 'iq_raw', cast(:job as uuid), 'alice'
            from generate_series(1, :count) n
            """)
        .param("job", job)
        .param("count", count)
        .update();
  }

  @Test
  void saysWhatTheServerRefusesAndWhy() throws Exception {
    var training = training();
    ctl.run("delete", "training", training).endsWith(0);

    var again = ctl.run("delete", "training", training).endsWith(4);

    assertThat(again.out()).isEmpty();
    assertThat(again.err())
        .startsWith("Training not found: " + training)
        .contains("It was deleted before: deletion ");
    assertThat(again.err().lines()).hasSize(1);
    assertThat(ctl.run("deletions", "show", UUID.randomUUID().toString()).endsWith(4).err())
        .startsWith("Deletion not found: ");
    var stranger = ctl.with(Map.of("PURGELINE_PASSWORD", "wrong"));
    assertThat(stranger.run("status").endsWith(4).err())
        .isEqualTo(gateway.address() + " does not accept the login of alice.\n");
  }

  @Test
  void saysWhatMakesNoSense() throws Exception {
    ctl.run().endsWith(2);
    ctl.run("nothing-like-it").endsWith(2);
    ctl.run("deletions", "ls", "--state", "LOST").endsWith(2);
    ctl.run("deletions", "ls", "--limit", "0").endsWith(2);
    assertThat(ctl.run("deletions", "show", "no-uuid").endsWith(2).err().lines()).hasSize(1);
    assertThat(ctl.with(Map.of("PURGELINE_USER", "")).run("status").endsWith(2).err())
        .startsWith("No login: ");
    assertThat(ctl.run("--help").endsWith(0).out()).contains("./purgeline ctl", "Exit codes:");
  }

  @Test
  void saysThatTheServerCannotBeReached() throws Exception {
    var nowhere = ctl.with(Map.of("PURGELINE_URL", "http://127.0.0.1:1"));

    var answer = nowhere.run("status").endsWith(5);

    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).isEqualTo("Cannot reach http://127.0.0.1:1: nothing listens there.\n");
  }

  @Test
  void tellsWhoDoesNotReachAStore() throws Exception {
    var training = training();
    var away = Files.move(trainings, folder.resolve("away"));
    try {
      ctl.run("delete", "training", training).endsWith(0);
      awaitStatus("! dir://trainings is out of reach of ");
      ctl.run("status").endsWith(3);
    } finally {
      Files.move(away, trainings);
    }
    await().atMost(LONG).untilAsserted(() -> assertThat(directory(training)).doesNotExist());
    awaitStatus("All is well.");
  }

  @Test
  void goesOnWatchingWhileTheGatewayStartsAnew() throws Exception {
    freeze();
    var training = training();
    var watching = ctl.start("delete", "training", training, "--watch");
    await().atMost(LONG).until(() -> watching.out().contains("PURGING"));

    gateway.kill();
    await().atMost(LONG).until(() -> watching.err().contains("Trying again for 1m 0s."));
    signal("STOP", watching.process()); // its minute, however long a gateway takes here
    gateway.launch();
    gateway.awaitHealthy();
    signal("CONT", watching.process());
    thaw();

    assertThat(watching.end().endsWith(0).out()).contains("PURGED, 1 object purged");
  }

  @Test
  void leavesThePurgeRunningWhenItIsInterrupted() throws Exception {
    freeze();
    var training = training();
    var watching = ctl.start("delete", "training", training, "--watch");
    await().atMost(LONG).until(() -> watching.out().contains("PURGING"));

    signal("INT", watching.process()); // what Ctrl-C sends

    assertThat(watching.end().endsWith(INTERRUPTED).err())
        .contains("The purge goes on; to see it again: ./purgeline ctl deletions watch ");
    thaw();
    await().atMost(LONG).untilAsserted(() -> assertThat(directory(training)).doesNotExist());
  }

  @Test
  void tellsWhetherTheAuditTrailIsWhole() throws Exception {
    ctl.run("delete", "training", training()).endsWith(0);

    assertThat(ctl.run("audit", "verify").endsWith(0).out()).startsWith("The chain is whole");
    assertThat(ctl.json("audit", "verify").path("ok").asBoolean()).isTrue();
  }

  private static void signal(String name, Process process) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }
}
