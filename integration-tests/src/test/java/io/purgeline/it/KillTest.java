package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.PurgelineProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Workers are killed in the middle of a purge and gateways in the middle of DELETEs, each at random
 * and as a power cut would: everything that was deleted is purged, once, and nothing else. A few
 * times as a rule, at least twenty times each with {@code ./purgeline test --all}.
 */
class KillTest extends OnInstallation {

  private static final boolean ALL = Boolean.getBoolean("purgeline.test.all");
  private static final int KILLS = ALL ? 20 : 6;
  private static final int GATEWAY_KILLS = ALL ? 20 : 3;

  /** So many lost workers in a row without any progress would be the end of a purge. */
  private static final int MOST_BARREN_CLAIMS = 5;

  private static final int KILLS_OF_A_PURGE = MOST_BARREN_CLAIMS + 1;
  private static final int PURGES = Math.ceilDiv(KILLS, KILLS_OF_A_PURGE);
  private static final int GATEWAY_KILLS_BESIDE_A_PURGE = Math.ceilDiv(GATEWAY_KILLS, PURGES);

  /** Those without a wait for progress; a second one in a row may find as little as the first. */
  private static final int MOST_BLIND_KILLS = 2;

  private static final int LATEST_BLIND_KILL_MILLIS = 2_000;
  private static final Duration REST_OF_A_LEASE = Duration.ofSeconds(3);
  private static final int OBJECTS = ALL ? 40_000 : 24_000;
  private static final int DELETES_AT_ONCE = 12;
  private static final int LATEST_KILL_MILLIS = 150;
  private static final int MOST_ROUNDS = 5 * GATEWAY_KILLS_BESIDE_A_PURGE;

  private final long seed =
      Long.getLong("purgeline.test.seed", ThreadLocalRandom.current().nextLong());
  private final Random worker = new Random(seed);
  private final Random gateway = new Random(~seed);

  @Test
  void countsExactlyAlthoughWorkersAndGatewaysAreKilled() throws Exception {
    System.out.println("KillTest: the moments of these kills: -Dpurgeline.test.seed=" + seed);
    var killed = 0;
    for (int purge = 0; purge < PURGES; purge++) {
      var dataset = dataset(OBJECTS);
      var location = delete(dataset);
      killed += killBoth(location);
      installation().processes().forEach(PurgelineProcess::awaitHealthy);
      awaitPurged(location, OBJECTS);
      assertThat(contents(dataset)).isEmpty();
    }
    assertThat(killed).isGreaterThanOrEqualTo(KILLS);
  }

  /** Gateways meanwhile; how many of the workers. */
  private int killBoth(String location) throws Exception {
    try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
      var gateways =
          beside.submit(() -> {
            killGatewaysBeforeTheyHaveAnswered();
            return true;
          });
      var workers = killWorkersThatPurge(location);
      gateways.get();
      return workers;
    }
  }

  /** Another one takes over while it starts again. How many. */
  private int killWorkersThatPurge(String location) throws Exception {
    var killed = 0;
    var blind = 0;
    while (killed < KILLS_OF_A_PURGE && !isFinished(location)) {
      blind = blind < MOST_BLIND_KILLS && worker.nextBoolean() ? blind + 1 : 0;
      var victim = blind > 0 ? holder(location) : holderAfterSomeProgress(location);
      if (victim.isPresent()) {
        var millis = blind > 0 ? worker.nextInt(LATEST_BLIND_KILL_MILLIS) : 0;
        killAfter(millis, victim.get());
        shortenLeasesOf(victim.get());
        killed++;
        victim.get().launch();
      }
    }
    assertThat(killed)
        .as("one that gets on may be killed any number of times")
        .isGreaterThan(MOST_BARREN_CLAIMS);
    return killed;
  }

  /** Only a kill that comes before all the answers counts. */
  private void killGatewaysBeforeTheyHaveAnswered() throws Exception {
    var rounds = 0;
    for (int inTime = 0; inTime < GATEWAY_KILLS_BESIDE_A_PURGE; rounds++) {
      assertThat(rounds).as("some had not been answered").isLessThan(MOST_ROUNDS);
      inTime += killAGatewayAmongDeletes() ? 1 : 0;
    }
  }

  /** Whether some had not been answered by then. */
  private boolean killAGatewayAmongDeletes() throws Exception {
    var datasets = Stream.generate(() -> dataset(2)).limit(DELETES_AT_ONCE).toList();
    var victim = installation().gateways.get(1);
    victim.awaitHealthy();
    var answered = answered(datasets, victim);
    victim.launch();
    victim.awaitHealthy(); // by then, what was being committed is committed or not
    datasets.forEach(this::isDeletedOrWhole);
    return answered.contains(false);
  }

  /** Deletes them all at once through the gateway, and kills it meanwhile; which were answered. */
  private List<Boolean> answered(List<String> datasets, PurgelineProcess victim) throws Exception {
    var started = new CountDownLatch(datasets.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Boolean>>();
      for (var dataset : datasets) {
        answers.add(
            threads.submit(() -> {
              started.countDown();
              return isAnswered(dataset);
            }));
      }
      started.await();
      killAfter(gateway.nextInt(LATEST_KILL_MILLIS), victim);
      var answered = new ArrayList<Boolean>();
      for (var answer : answers) {
        answered.add(answer.get());
      }
      return answered;
    }
  }

  private static void killAfter(int millis, PurgelineProcess victim) throws Exception {
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      clock.schedule(() -> killed(victim), millis, TimeUnit.MILLISECONDS).get();
    }
  }

  private static boolean killed(PurgelineProcess victim) throws InterruptedException {
    victim.kill();
    return true;
  }

  /** So many kills would wait for long: of what the dead one holds, only the rest is waited for. */
  private void shortenLeasesOf(PurgelineProcess dead) {
    installation()
        .sql
        .sql(
            """
            update purgeline.purge_task
            set lease_until = lease_until - make_interval(secs => :seconds)
            where state = 'RUNNING' and lease_owner like :owner
            """)
        .param("seconds", TestInstallation.LEASE.minus(REST_OF_A_LEASE).toSeconds())
        .param("owner", dead.pid() + "@%")
        .update();
  }

  /** Whether 204 came, after the purge. */
  private boolean isAnswered(String dataset) {
    try {
      var answer = api(1).delete("/api/v1/datasets/" + dataset, "Prefer", "wait=60");
      return answer.status() == 204;
    } catch (UncheckedIOException e) {
      return false; // the gateway died
    }
  }

  /** Nothing in between: a dataset that is still there is complete, and can be deleted. */
  private void isDeletedOrWhole(String dataset) {
    var path = "/api/v1/datasets/" + dataset;
    var answer = api().get(path);
    if (answer.status() == 200) {
      assertThat(contents(dataset)).hasSize(2);
      assertThat(answer.body().path("sample_count").longValue()).isEqualTo(2);
      awaitPurged(delete(dataset), 2);
    } else {
      var deletion = answer.body().path("deletion_id").stringValue();
      awaitPurged("/api/v1/deletions/" + deletion, 2);
    }
    assertThat(api().get(path).status()).isEqualTo(404);
    assertThat(contents(dataset)).isEmpty();
  }
}
