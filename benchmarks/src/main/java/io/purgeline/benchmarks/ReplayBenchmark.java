package io.purgeline.benchmarks;

import static org.awaitility.Awaitility.await;

import io.purgeline.testing.ManyObjects;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.RestrictedUser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ten thousand purges that a denial has stopped are replayed at a given rate, with new deletions
 * beside them: those must not feel it. Now and then the replay is paused, and the same is measured
 * without it.
 */
final class ReplayBenchmark implements Benchmark {

  private static final int LETTERS = 10_000;
  private static final int SECONDS = 1_000;
  private static final int DELETIONS = 100;
  private static final int WARM_UP = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final List<String> SETTINGS =
      List.of("--purgeline.retry.max-attempts=2", "--purgeline.retry.initial-delay=200ms");

  private final RestrictedUser user = new RestrictedUser(MinioServer.own());
  private final Latencies alone = new Latencies();
  private final Latencies beside = new Latencies();
  private final List<Double> rates = new ArrayList<>();

  @Override
  public void run(Scale scale) throws Exception {
    var letters = scale.of(LETTERS);
    var rate = Math.max(1, letters / SECONDS);
    System.out.printf(
        "%d dead letters replayed at %d a second, %d deletions beside them; %d rounds%n",
        letters, rate, DELETIONS, ROUNDS);
    try (var installation = BenchInstallation.startAs(user, SETTINGS)) {
      var api = installation.api;
      delete(installation, "warm-up", WARM_UP, new ArrayList<>(), new ArrayList<>());
      fail(installation, "stuck/", letters);
      user.denyNothing();
      var replay = "/api/v1/replays/" + start(api, rate);
      for (int round = 0; round < ROUNDS; round++) {
        pause(api, replay);
        alone.measure(installation, "alone-" + round);
        api.post(replay + "/resume", Map.of());
        var before = replayed(api, replay);
        var start = System.nanoTime();
        beside.measure(installation, "beside-" + round);
        rates.add((replayed(api, replay) - before) / ((System.nanoTime() - start) / 1e9));
      }
      awaitAllResolved(api, replay, letters);
    }
    Table.header("what", "min / median / max", "ratio to without a replay");
    Table.row("put back a second", Spread.of(rates).show(1), "");
    beside.print(alone);
  }

  /** Until nothing of it is on its way any more. */
  private static void pause(Api api, String replay) throws IOException, InterruptedException {
    api.post(replay + "/pause", Map.of());
    await()
        .atMost(PATIENCE)
        .until(() -> {
          var view = api.get(replay);
          return view.path("replayed").asInt()
              == view.path("resolved").asInt() + view.path("failed_again").asInt();
        });
  }

  private static int replayed(Api api, String replay) throws IOException, InterruptedException {
    var view = api.get(replay);
    if (!view.path("state").asString().equals("RUNNING")) {
      throw new IllegalStateException("the replay does not run any more: " + view);
    }
    return view.path("replayed").asInt();
  }

  private static void awaitAllResolved(Api api, String replay, int letters)
      throws IOException, InterruptedException {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> !api.get(replay).path("state").asString().equals("RUNNING"));
    var done = api.get(replay);
    if (done.path("resolved").asInt() != letters) {
      throw new IllegalStateException("not all were resolved: " + done);
    }
  }

  /** Deletes datasets of one object each, which nobody may remove. */
  private void fail(BenchInstallation installation, String folder, int letters)
      throws IOException, InterruptedException {
    user.deny(installation.bucket, folder);
    var job = UUID.randomUUID().toString();
    var api = installation.api;
    api.post(
        "/api/v1/jobs",
        Map.of("id", job, "name", job, "type", "synthetic_generation", "status", "completed"));
    for (var key :
        ManyObjects.putApart(installation.minio, installation.bucket, folder, letters, 256)) {
      var prefix = key.substring(0, key.lastIndexOf('/') + 1);
      var location = Map.of("uri", "s3://main/" + installation.bucket + "/" + prefix);
      api.post(
          "/api/v1/datasets",
          Map.of(
              "name",
              prefix,
              "type",
              "iq_raw",
              "created_by_job_id",
              job,
              "locations",
              List.of(location)));
    }
    api.delete("/api/v1/jobs/" + job + "?delete_dataset=true");
    await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> open(api) == letters);
  }

  private static long open(Api api) throws IOException, InterruptedException {
    var groups = api.get("/api/v1/dead-letters/groups").path("items");
    return groups.valueStream().mapToLong(group -> group.path("count").asLong()).sum();
  }

  private static String start(Api api, int rate) throws IOException, InterruptedException {
    var request =
        Map.of("selector", Map.of("all", true), "reason", "repaired", "rate_per_second", rate);
    return api.post("/api/v1/replays", request).path("id").asString();
  }

  private static void delete(
      BenchInstallation installation,
      String name,
      int count,
      List<Double> answers,
      List<Double> purges)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      var prefix = name + "-" + i + "/";
      installation.s3.putMany(installation.bucket, prefix, 10, 256);
      var dataset = "/api/v1/datasets/" + installation.catalogue.register(prefix, 10);
      var start = System.nanoTime();
      if (i % 2 == 0) {
        installation.api.delete(dataset);
        answers.add((System.nanoTime() - start) / 1e6);
      } else {
        installation.api.deleteAndWait(dataset);
        purges.add((System.nanoTime() - start) / 1e6);
      }
    }
  }

  /** Of each round, in milliseconds. */
  private record Latencies(List<Double> answer50, List<Double> answer90, List<Double> purge50) {

    Latencies() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void measure(BenchInstallation installation, String name)
        throws IOException, InterruptedException {
      var answers = new ArrayList<Double>();
      var purges = new ArrayList<Double>();
      delete(installation, name, DELETIONS, answers, purges);
      answer50.add(Spread.quantile(answers, 0.5));
      answer90.add(Spread.quantile(answers, 0.9));
      purge50.add(Spread.quantile(purges, 0.5));
    }

    void print(Latencies base) {
      row("DELETE answered, p50, ms", answer50, base.answer50);
      row("DELETE answered, p90, ms", answer90, base.answer90);
      row("from DELETE to PURGED, p50, ms", purge50, base.purge50);
    }

    private static void row(String name, List<Double> values, List<Double> base) {
      Table.row(name + ", without a replay", Spread.of(base).show(1), "");
      Table.row(name, Spread.of(values).show(1), Spread.ofRatios(values, base).show(2));
    }
  }
}
