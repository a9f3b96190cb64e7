package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody restarts a process because something it needs is down: it would not help. */
class LivenessTest extends OnInstallation {

  @AfterEach
  void restore() {
    installation().store.restore();
    installation().broker.restore();
  }

  @Test
  void staysWhileAStoreIsDown() {
    awaitPurged(delete(dataset(3)), 3); // somebody is at work
    var dataset = dataset(300);
    installation().store.cutOff();

    var location = delete(dataset);

    await()
        .atMost(LONG)
        .until(() ->
            ask(
                    """
                    select last_error_class from purgeline.purge_task
                    where deletion_id = cast(? as uuid)
                    """,
                    location)
                .contains("OUTAGE"));
    assertAllAlive();
    installation().store.restore();
    awaitPurged(location, 300);
  }

  @Test
  void staysWhileTheBrokerIsDown() {
    var dataset = dataset(3);
    installation().broker.cutOff();

    var location = delete(dataset);

    assertAllAlive();
    assertThat(
            ask(
                """
                select o.id from purgeline.outbox o join purgeline.purge_task t on t.id = o.task_id
                where t.deletion_id = cast(? as uuid)
                """,
                location))
        .as("still to be published")
        .hasSize(1);
    installation().broker.restore();
    awaitPurged(location, 3);
  }

  private void assertAllAlive() {
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          for (var process : installation().processes()) {
            assertThat(process.status("/health/liveness")).isEqualTo(200);
          }
        });
  }
}
