package io.purgeline.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.messaging.Topology;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.TestBroker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A queue that somebody declared otherwise is one sentence in the log, and stops nothing. */
@ExtendWith(OutputCaptureExtension.class)
class DeclarationProblemsTest {

  private static final List<String> STORES = List.of("first", "main", "other");
  private static final WorkQueue OTHERWISE = WorkQueue.objects("main");

  private final TestBroker broker = RabbitServer.shared().newVirtualHost();

  @Test
  void saysOnceWhatIsDeclaredOtherwiseAndUsesItAsItIs(CapturedOutput output) throws Exception {
    declareOtherwise();

    try (var process = RelayProcess.start(broker)) {
      STORES.forEach(store -> process.request(WorkQueue.objects(store)));

      await().untilAsserted(() -> assertThat(process.rows()).isZero());
      for (var store : STORES) {
        assertThat(broker.depth(WorkQueue.objects(store).name())).as(store).hasValue(1);
      }
      assertThat(undeclared()).isEmpty();
      process.admin().initialize(); // what every further connection leads to
    }

    assertThat(lines(output, "exists on the broker"))
        .singleElement()
        .asString()
        .contains(
            "Queue purgeline.objects.main exists on the broker with other arguments than ours:"
                + " let it run empty, delete it and restart");
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void saysNothingWhenAllIsAsDeclared(CapturedOutput output) {
    try (var process = RelayProcess.start(broker)) {
      process.admin().initialize();
      process.admin().initialize();
    }

    assertThat(undeclared()).isEmpty();
    assertThat(lines(output, "ERROR")).isEmpty();
    assertThat(lines(output, "WARN")).isEmpty();
  }

  private void declareOtherwise() throws IOException, TimeoutException {
    try (var connection = broker.connect();
        var channel = connection.createChannel()) {
      channel.exchangeDeclare(Topology.WORK, "topic", true);
      channel.queueDeclare(OTHERWISE.name(), true, false, false, null);
      channel.queueBind(OTHERWISE.name(), Topology.WORK, OTHERWISE.name());
    }
  }

  /** What is missing of the queues that a process declares. */
  private List<String> undeclared() {
    var stores = STORES.stream().map(WorkQueue::objects);
    var work =
        Stream.concat(stores, Stream.of(WorkQueue.RECORDS))
            .flatMap(queue -> Stream.of(queue, queue.large()))
            .map(WorkQueue::name);
    return Stream.concat(work, Stream.of(Topology.DEAD_LETTERS))
        .filter(queue -> broker.depth(queue).isEmpty())
        .toList();
  }

  private static List<String> lines(CapturedOutput output, String with) {
    return output.toString().lines().filter(line -> line.contains(with)).toList();
  }
}
