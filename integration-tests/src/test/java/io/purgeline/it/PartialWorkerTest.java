package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
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
    var consumers = OTHER_QUEUES.stream().map(queues::consumers).toList();

    try (var _ = installation().startWorkerOf("datasets", installation().datasets)) {
      awaitPurged(location, 1);
      assertThat(queues.consumers(ITS_QUEUE)).isPositive();
      assertThat(OTHER_QUEUES.stream().map(queues::consumers).toList()).isEqualTo(consumers);
    }

    assertThat(installation().datasets.resolve(files)).doesNotExist();
  }

  private String filesDataset() throws IOException {
    var id = UUID.randomUUID().toString();
    var directory = installation().datasets.resolve(id);
    neighbours().settleBeside(directory);
    Files.writeString(Files.createDirectories(directory).resolve("recording.npy"), "recording");
    post("/api/v1/datasets", Map.of("id", id, "name", "f-" + id, "type", "files"), 201);
    return id;
  }
}
