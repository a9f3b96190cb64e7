package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.PurgelineProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong in the middle of a large purge. With {@code ./purgeline test --all} it is one of
 * 100,000 objects, and the store is away for two minutes.
 */
class LargeDatasetTest extends OnInstallation {

  private static final boolean ALL = Boolean.getBoolean("purgeline.test.all");
  private static final int OBJECTS = ALL ? 100_000 : 24_000;
  private static final Duration AWAY = ALL ? Duration.ofMinutes(2) : Duration.ofSeconds(5);

  @AfterEach
  void restore() {
    installation().store.restore();
  }

  @Test
  void isPurgedExactlyAlthoughAWorkerIsKilledAndTheStoreGoesAway() throws InterruptedException {
    var dataset = dataset(OBJECTS);
    var location = delete(dataset);
    var victim = holderAfterSomeProgress(location).orElseThrow();
    victim.kill();
    victim.launch();
    assertThat(holderAfterSomeProgress(location)).as("another one goes on").isPresent();

    installation().store.cutOff();
    await().atMost(LONG).until(() -> errorClass(location).equals("OUTAGE"));
    var before = new AtomicLong(); // what was answered by then may be counted a moment later
    await()
        .during(AWAY)
        .atMost(AWAY.plus(LONG))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          var now = purged(location);
          return before.getAndSet(now) == now && !isFinished(location);
        });
    installation().store.restore();

    awaitPurged(location, OBJECTS);
    installation().processes().forEach(PurgelineProcess::awaitHealthy);
    assertThat(contents(dataset)).isEmpty();
    assertThat(attempts(location)).as("an outage is no attempt").isEqualTo("0");
  }

  private String errorClass(String location) {
    return task("coalesce(last_error_class, '')", location);
  }

  private String attempts(String location) {
    return task("attempts", location);
  }

  private String task(String what, String location) {
    var sql = "select %s from purgeline.purge_task where deletion_id = cast(? as uuid)";
    return ask(sql.formatted(what), location).getFirst();
  }
}
