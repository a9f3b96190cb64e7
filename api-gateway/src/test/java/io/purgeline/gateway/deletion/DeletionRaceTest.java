package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import io.purgeline.gateway.deletion.Need.Request;
import io.purgeline.gateway.deletion.Need.Rivals;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletionRaceTest extends GatewayTestBase {

  private static final int ROUNDS = 60;
  private static final Duration SOON = Duration.ofMillis(5);

  /** A little less than a deletion waits for others. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(1_900);

  @ParameterizedTest
  @EnumSource
  void neverDeletesWhatSomebodyBeginsToNeed(Need need) throws Exception {
    var usual = timeOfADeletion();
    for (int round = 0; round < ROUNDS / 4; round++) {
      var rivals = need.meet(records);
      var headStart = usual * (round % 7) / 4; // from none to more than a deletion takes

      var answers =
          together(
              () -> rivals.deletion().by(api),
              () -> {
                spin(headStart);
                return rivals.need().by(api);
              });

      requireThatOneWon(need, rivals, answers);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsTheFirstWin(Need need) {
    // A deletion that waits for two seconds, as it may on a busy machine, gives up: it tries again.
    assertThat(Stream.generate(() -> isDeletedFirst(need)).limit(3).anyMatch(won -> won)).isTrue();
    assertThat(isNeededFirst(need)).isTrue();
  }

  private boolean isDeletedFirst(Need need) {
    var rivals = need.meet(records);
    var answers = oneBehindTheOther(rivals.deletion(), rivals.need());
    return requireThatOneWon(need, rivals, answers);
  }

  private boolean isNeededFirst(Need need) {
    var rivals = need.meet(records);
    var answers = oneBehindTheOther(rivals.need(), rivals.deletion());
    return !requireThatOneWon(need, rivals, answers.reversed());
  }

  /** The second comes when the first has done everything but to commit it, or has given up. */
  private List<Answer> oneBehindTheOther(Request first, Request second) {
    var answers =
        Objects.requireNonNull(
            transactions.execute(tx -> {
              sql.sql("lock table audit_entry in share mode").update(); // which all write to
              var one = later(first);
              await().pollInterval(SOON).until(() -> waiting() > 0 || one.isDone());
              var other = later(second);
              await()
                  .pollInterval(SOON)
                  .until(() -> waiting() > 1 || one.isDone() || other.isDone());
              return List.of(one, other);
            }));
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Answer> later(Request request) {
    return CompletableFuture.supplyAsync(() -> request.by(api), Thread::startVirtualThread);
  }

  private long waiting() {
    return records.count(
        "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
  }

  /** Answers whether it was the deletion. */
  private boolean requireThatOneWon(Need need, Rivals rivals, List<Answer> answers) {
    var deletion = answers.get(0);
    var use = answers.get(1);
    assertThat(deletion.status()).as(deletion.text()).isIn(200, 204, 409);
    var deleted = deletion.status() != 409;
    if (deleted) {
      assertThat(use.status()).as("too late: %s", use.text()).isEqualTo(need.tooLate);
    } else {
      assertThat(use.status()).as("in time: %s", use.text()).isIn(200, 201);
    }
    assertThat(api.get(rivals.needed()).status()).isEqualTo(deleted ? 404 : 200);
    return deleted;
  }

  @Test
  void deletesOnceWhenAskedTwiceAtOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var path = "/datasets/" + records.dataset();

      var answers = together(() -> delete(path), () -> delete(path));

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
              () -> delete("/jobs/" + job + "?delete_dataset=true").status(),
              () -> delete("/datasets/" + dataset).status());

      assertThat(results.get(0)).isEqualTo(200);
      assertThat(results.get(1)).isIn(204, 404);
      assertThat(records.count("deletion where settle and resource_id = '" + dataset + "'"))
          .as("one deletion, which knows that the job was running")
          .isOne();
    }
  }

  /** One that waits for two seconds, as it may on a busy machine, gives up: it tries again. */
  private Answer delete(String path) {
    var began = System.nanoTime();
    var answer = api.delete(path);
    var waited = System.nanoTime() - began >= LONGEST_WAIT.toNanos();
    return waited && !answer.header("Retry-After").isEmpty() ? delete(path) : answer;
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
