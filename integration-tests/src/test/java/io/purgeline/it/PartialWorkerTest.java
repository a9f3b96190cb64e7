package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.PurgelineProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PartialWorkerTest extends OnInstallation {

  private static final String ITS_QUEUE = "purgeline.directories.datasets";
  private static final List<String> OTHER_QUEUES =
      List.of("purgeline.objects.main", "purgeline.directories.trainings");

  /** What only that worker can do waits for it, and it takes nothing else. */
  @Test
  void aWorkerThatIsGivenOneRootServesItsQueuesOnly() throws IOException {
    var queues = installation().queues;
    var files = filesDataset();
    var location = delete(files);
    await().atMost(LONG).until(() -> queues.depth(ITS_QUEUE).equals(OptionalLong.of(1)));
    awaitPurged(delete(dataset(3)), 3); // the others are at work
    assertThat(isFinished(location)).isFalse();
    assertThat(installation().datasets.resolve(files)).isDirectoryContaining("glob:**.npy");
    var consumers = consumersOnceTheyStay();

    try (var _ = installation().startWorkerOf("datasets", installation().datasets)) {
      awaitPurged(location, 1);
      await()
          .atMost(LONG)
          .untilAsserted(() -> {
            assertThat(queues.consumers(ITS_QUEUE)).isPositive();
            assertThat(consumers()).isEqualTo(consumers);
          });
    }

    assertThat(installation().datasets.resolve(files)).doesNotExist();
  }

  /** Of the other queues; workers that tests before this one killed come back one by one. */
  private List<Integer> consumersOnceTheyStay() {
    installation().processes().forEach(PurgelineProcess::awaitHealthy);
    var seen = new AtomicReference<List<Integer>>(List.of());
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .during(Duration.ofSeconds(3))
        .until(() -> {
          var now = consumers();
          return now.equals(seen.getAndSet(now)) && !now.contains(0);
        });
    return seen.get();
  }

  private List<Integer> consumers() {
    return OTHER_QUEUES.stream().map(installation().queues::consumers).toList();
  }
}
