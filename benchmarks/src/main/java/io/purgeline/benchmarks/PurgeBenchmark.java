package io.purgeline.benchmarks;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Access;
import io.purgeline.worker.objects.MinioObjectStore;
import io.purgeline.worker.objects.ObjectEndpoint;
import io.purgeline.worker.objects.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * 100,000 objects through the whole pipeline, beside the store's own limit and what others reach.
 * Every prefix is filled before the first is emptied.
 */
final class PurgeBenchmark implements Benchmark {

  private static final int OBJECTS = 100_000;
  private static final int SIZE = 256;
  private static final List<Integer> PARALLELISMS = List.of(4, 8);

  @Override
  public void run(Scale scale) throws Exception {
    var objects = scale.of(OBJECTS);
    try (var installation = BenchInstallation.start(List.of(), List.of());
        var inOneStep =
            installation.beside(List.of("--purgeline.object-stores.main.prefix-removal=true"))) {
      // Opened anew each time: the store closes what was idle for long, and nothing is repeated
      // here.
      Supplier<ObjectStore> connection = () -> connect(installation.minio);
      var contenders = contenders(installation, connection);
      contenders.add(new Pipeline("purge, prefix-removal", inOneStep.catalogue));
      System.out.printf("%d objects of %d bytes for each, %d rounds%n", objects, SIZE, ROUNDS);
      var prefixes = fill(installation, contenders, objects);
      var rates = new LinkedHashMap<String, List<Double>>();
      for (int round = 0; round <= ROUNDS; round++) {
        for (int i = 0; i < contenders.size(); i++) {
          // Each round begins with another, so that no one always has the place after the same.
          var number = (i + round) % contenders.size();
          var contender = contenders.get(number);
          var filled = prefixes.get(round).get(number);
          var seconds =
              Stopwatch.seconds(() -> {
                contender.empty(filled);
                return true;
              });
          requireEmpty(connection, contender.bucket(), filled.prefix());
          if (round > 0) {
            rates
                .computeIfAbsent(contender.name(), _ -> new ArrayList<>())
                .add(filled.keys().size() / seconds);
          }
        }
      }
      print(contenders, rates);
    }
  }

  private static List<Contender> contenders(
      BenchInstallation installation, Supplier<ObjectStore> connection) throws Exception {
    var bucket = look(connection, store -> store.bucket(installation.bucket));
    var contenders = new ArrayList<Contender>();
    contenders.add(new Pipeline("purge", installation.catalogue));
    PARALLELISMS.forEach(p -> contenders.add(new StoreLimit(connection, bucket, p)));
    contenders.addAll(OtherTool.found(installation.minio, installation.bucket));
    return contenders;
  }

  /** By round and contender; round 0 warms up: a worker has been at it for weeks. */
  private static List<List<Filled>> fill(
      BenchInstallation installation, List<Contender> contenders, int objects) throws Exception {
    var rounds = new ArrayList<List<Filled>>();
    var template =
        Template.upload(installation.minio, installation.s3, installation.bucket, objects, SIZE);
    for (int round = 0; round <= ROUNDS; round++) {
      var ofRound = new ArrayList<Filled>();
      for (int i = 0; i < contenders.size(); i++) {
        var prefix = "round-" + round + "/contender-" + i + "/";
        var filled = new Filled(prefix, template.copyTo(contenders.get(i).bucket(), prefix));
        contenders.get(i).prepare(filled);
        ofRound.add(filled);
      }
      rounds.add(ofRound);
    }
    installation.catalogue.settle();
    Tool.find("sync").orElseThrow().run(Map.of());
    return rounds;
  }

  private static <T> T look(Supplier<ObjectStore> connection, Function<ObjectStore, T> question) {
    try (var store = connection.get()) {
      return question.apply(store);
    }
  }

  private static void requireEmpty(Supplier<ObjectStore> connection, String bucket, String prefix) {
    var page = look(connection, store -> store.list(store.bucket(bucket), prefix, null));
    if (!page.entries().isEmpty()) {
      throw new IllegalStateException(prefix + " is not empty");
    }
  }

  private static void print(List<Contender> contenders, Map<String, List<Double>> rates) {
    var limit = limit(rates);
    Table.header("what", "objects/s min / median / max", "of the limit, min / median / max");
    for (var contender : contenders) {
      var rate = Objects.requireNonNull(rates.get(contender.name()));
      Table.row(contender.name(), Spread.of(rate).show(0), Spread.ofRatios(rate, limit).show(2));
    }
  }

  /** Of each round the better parallelism. */
  private static List<Double> limit(Map<String, List<Double>> rates) {
    var limit = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      var best = 0.0;
      for (var entry : rates.entrySet()) {
        if (entry.getKey().startsWith("limit")) {
          best = Math.max(best, entry.getValue().get(round));
        }
      }
      limit.add(best);
    }
    return limit;
  }

  private static ObjectStore connect(MinioServer minio) {
    return MinioObjectStore.connect(
        new ObjectEndpoint(
            "main",
            minio.endpoint(),
            minio.accessKey(),
            minio.secretKey(),
            S3Access.REGION,
            PARALLELISMS.getLast(),
            Duration.ofSeconds(30),
            false));
  }
}
