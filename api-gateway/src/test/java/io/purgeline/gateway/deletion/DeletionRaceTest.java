package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DeletionRaceTest extends GatewayTestBase {

  private static final int ROUNDS = 60;

  @Test
  void neverLeavesAnActiveModelWithoutItsDataset() throws Exception {
    var outcomes = new HashSet<Integer>();
    var usual = timeOfADeletion();
    for (int round = 0; round < ROUNDS; round++) {
      var dataset = records.dataset();
      var model = records.model(Records.name("raced"), false, false, dataset);
      var headStart = usual * (round % 7) / 4; // from none to more than a deletion takes

      var results =
          together(
              () -> api.delete("/datasets/" + dataset).status(),
              () -> {
                spin(headStart);
                return api.patch("/models/" + model, "{\"is_active\": true}").status();
              });

      var deleted = results.get(0) == 204;
      var activated = results.get(1) == 200;
      assertThat(deleted).as("round %s", round).isNotEqualTo(activated);
      assertThat(records.exists("dataset", dataset)).isEqualTo(activated);
      outcomes.add(results.get(0));
    }
    assertThat(outcomes).as("both orders happened").containsExactlyInAnyOrder(204, 409);
  }

  @Test
  void deletesOnceWhenAskedTwiceAtOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var path = "/datasets/" + records.dataset();

      var answers = together(() -> api.delete(path), () -> api.delete(path));

      assertThat(answers).extracting(a -> a.status()).containsExactlyInAnyOrder(204, 404);
      var won = answers.stream().filter(a -> a.status() == 204).findFirst().orElseThrow();
      var lost = answers.stream().filter(a -> a.status() == 404).findFirst().orElseThrow();
      assertThat(lost.json().path("deletion_id").asString()).isEqualTo(won.deletion().toString());
    }
  }

  @Test
  void neverDeadlocksAJobWithItsDatasets() throws Exception {
    for (int round = 0; round < ROUNDS / 3; round++) {
      var job = records.job("synthetic_generation", "running");
      var dataset = records.dataset(Records.name("d"), job);
      records.dataset(Records.name("d"), job);

      var results =
          together(
              () -> api.delete("/jobs/" + job + "?delete_dataset=true").status(),
              () -> api.delete("/datasets/" + dataset).status());

      assertThat(results.get(0)).isEqualTo(200);
      assertThat(results.get(1)).isIn(204, 404);
      assertThat(records.count("deletion where settle and resource_id = '" + dataset + "'"))
          .as("one deletion, which knows that the job was running")
          .isOne();
    }
  }

  private long timeOfADeletion() {
    var times = new long[7];
    for (int i = 0; i < times.length; i++) {
      var path = "/datasets/" + records.dataset();
      var start = System.nanoTime();
      api.delete(path);
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times[3];
  }

  private static void spin(long nanos) {
    var end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
    var barrier = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<T> first = threads.submit(() -> after(barrier, one));
      Future<T> second = threads.submit(() -> after(barrier, other));
      return List.of(first.get(), second.get());
    }
  }

  private static <T> T after(CyclicBarrier barrier, Callable<T> work) throws Exception {
    barrier.await();
    return work.call();
  }
}
