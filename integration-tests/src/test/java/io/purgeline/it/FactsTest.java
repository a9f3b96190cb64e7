package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.purgeline.messaging.Topology;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever binds a queue to the exchange of facts hears what happened, as docs/asyncapi.yaml says.
 */
class FactsTest extends OnDeadLetters {

  private final AsyncApi described = new AsyncApi();

  /** By its id: a fact may come twice. */
  private final Map<String, Delivery> heard = new ConcurrentHashMap<>();

  private Connection connection;

  @BeforeEach
  void listen() throws Exception {
    connection = installation().queues.connect();
    Channel channel = connection.createChannel();
    var queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, Topology.EVENTS, "#");
    channel.basicConsume(
        queue,
        true,
        (_, delivery) -> heard.put(delivery.getProperties().getMessageId(), delivery),
        _ -> {});
  }

  @AfterEach
  void stopListening() throws Exception {
    connection.close();
  }

  @Test
  void everyDescribedFactReachesWhoeverListens() {
    var finished = idIn(delete(dataset(3)));
    awaitHeard(finished, Set.of("DeletionRequested", "DeletionFinished"));
    assertThat(dataOf(finished, "DeletionFinished").path("state").stringValue())
        .isEqualTo("PURGED");
    assertThat(dataOf(finished, "DeletionFinished").path("objects_purged").longValue())
        .isEqualTo(3);

    var job = runningJob();
    var cancelled = idIn(api().delete("/api/v1/jobs/" + job + "?reason=too+slow").location());
    awaitHeard(cancelled, Set.of("DeletionRequested", "JobCancelled", "DeletionFinished"));
    assertThat(dataOf(cancelled, "JobCancelled").path("job_id").stringValue()).isEqualTo(job);
    assertThat(dataOf(cancelled, "DeletionRequested").path("reason").stringValue())
        .isEqualTo("too slow");

    var dead = deadDatasets(1);
    for (var column : List.of("j.id", "d.id")) {
      var failed = ofJob(column, dead.job()).getFirst();
      awaitHeard(failed, Set.of("DeletionRequested", "DeletionFailed"));
      assertThat(dataOf(failed, "DeletionFailed").path("state").stringValue()).isEqualTo("DEAD");
    }
    installation().denyNothing();
    awaitReplay(replay(Map.of("group", dead.group()), Map.of()), "DONE");

    heard.values().forEach(this::assertIsAsDescribed);
    assertThat(heard.values().stream().map(FactsTest::typeOf).collect(Collectors.toSet()))
        .as("nothing described is left out")
        .containsExactlyInAnyOrderElementsOf(described.messages("events"));
  }

  private String runningJob() {
    var id = UUID.randomUUID().toString();
    post(
        "/api/v1/jobs",
        Map.of("id", id, "name", id, "type", "synthetic_generation", "status", "running"),
        201);
    return id;
  }

  /** These facts of the deletion, and no others. */
  private void awaitHeard(String deletion, Set<String> types) {
    await().atMost(LONG).until(() -> heardOf(deletion).containsAll(types));
    assertThat(heardOf(deletion)).isEqualTo(new TreeSet<>(types));
  }

  private Set<String> heardOf(String deletion) {
    return heard.values().stream()
        .filter(delivery -> deletion.equals(delivery.getProperties().getCorrelationId()))
        .map(FactsTest::typeOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonNode dataOf(String deletion, String type) {
    return heard.values().stream()
        .filter(delivery -> deletion.equals(delivery.getProperties().getCorrelationId()))
        .filter(delivery -> type.equals(typeOf(delivery)))
        .map(delivery -> body(delivery).path("data"))
        .findFirst()
        .orElseThrow();
  }

  private void assertIsAsDescribed(Delivery delivery) {
    var body = body(delivery);
    var properties = delivery.getProperties();
    var type = typeOf(delivery);
    described.assertDescribes(body);
    assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo(type);
    assertThat(body.path("type").stringValue()).isEqualTo(type);
    assertThat(body.path("id").stringValue()).isEqualTo(properties.getMessageId());
    var deletion = body.path("data").path("deletion_id");
    if (deletion.isString()) {
      assertThat(deletion.stringValue()).isEqualTo(properties.getCorrelationId());
    }
    assertThat(properties.getContentType()).isEqualTo("application/cloudevents+json");
    assertThat(properties.getDeliveryMode()).as("persistent").isEqualTo(2);
  }

  private static JsonNode body(Delivery delivery) {
    return JsonMapper.shared().readTree(delivery.getBody());
  }

  private static String typeOf(Delivery delivery) {
    return Objects.requireNonNull(delivery.getProperties().getType());
  }
}
