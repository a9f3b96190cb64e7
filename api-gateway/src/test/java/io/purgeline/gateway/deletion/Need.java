package io.purgeline.gateway.deletion;

import io.purgeline.gateway.Api;
import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.Records;
import java.util.UUID;
import java.util.function.Function;

/** Ways to begin to need something, at the moment in which somebody else deletes it. */
enum Need {
  ACTIVE_MODEL(409, records -> activation(records, "is_active")),
  MODEL_IN_PRODUCTION(409, records -> activation(records, "is_production")),
  NEW_ACTIVE_MODEL(409, Need::newModel),
  TRAINING_THAT_STARTS(409, Need::start),
  NEW_TRAINING(400, Need::newTraining),
  MODEL_OF_A_JOBS_DATASET(409, Need::activationAgainstAJob),
  /** It needs its training as long as there is one. */
  MODEL_OF_A_TRAINING(200, Need::activationAgainstATraining);

  /** What it is answered when the deletion came first. */
  final int tooLate;

  private final Function<Records, Rivals> meeting;

  Need(int tooLate, Function<Records, Rivals> meeting) {
    this.tooLate = tooLate;
    this.meeting = meeting;
  }

  /** Both requests, about records of their own. */
  Rivals meet(Records records) {
    return meeting.apply(records);
  }

  private static Rivals activation(Records records, String flag) {
    var dataset = records.dataset();
    var model = records.model(Records.name("raced"), false, false, dataset);
    return against(dataset, patch("/models/" + model, "{\"%s\": true}".formatted(flag)));
  }

  private static Rivals newModel(Records records) {
    var dataset = records.dataset();
    var body =
        """
        {"name": "%s", "version": "1", "dataset_ids": ["%s"], "is_active": true}
        """
            .formatted(Records.name("raced"), dataset);
    return against(dataset, new Request("POST", "/models", body));
  }

  private static Rivals start(Records records) {
    var dataset = records.dataset();
    var training = records.training("pending", dataset);
    return against(dataset, patch("/trainings/" + training, "{\"status\": \"running\"}"));
  }

  private static Rivals newTraining(Records records) {
    var dataset = records.dataset();
    var body =
        """
        {"name": "raced", "status": "running", "dataset_ids": ["%s"]}
        """
            .formatted(dataset);
    return against(dataset, new Request("POST", "/trainings", body));
  }

  private static Rivals activationAgainstAJob(Records records) {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    var dataset = records.dataset(Records.name("d"), job);
    var model = records.model(Records.name("raced"), false, false, dataset);
    return new Rivals(
        delete("/jobs/" + job + "?delete_dataset=true"),
        patch("/models/" + model, "{\"is_active\": true}"),
        "/datasets/" + dataset);
  }

  private static Rivals activationAgainstATraining(Records records) {
    var training = records.training("completed");
    var model = records.model(Records.name("raced"), false, false);
    records.madeBy(training, model);
    var path = "/trainings/" + training;
    return new Rivals(delete(path), patch("/models/" + model, "{\"is_active\": true}"), path);
  }

  private static Rivals against(UUID dataset, Request need) {
    var path = "/datasets/" + dataset;
    return new Rivals(delete(path), need, path);
  }

  private static Request delete(String path) {
    return new Request("DELETE", path, "");
  }

  private static Request patch(String path, String body) {
    return new Request("PATCH", path, body);
  }

  /**
   * Two of whom one comes too late.
   *
   * @param needed where the record is read that one deletes and the other needs
   */
  record Rivals(Request deletion, Request need, String needed) {}

  /** A request that can be sent. */
  record Request(String method, String path, String body) {

    Answer by(Api api) {
      return api.send(method, path, body, "Content-Type", "application/json");
    }
  }
}
