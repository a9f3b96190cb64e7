package io.purgeline.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.database.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** The AsyncAPI page describes the messages that the code makes. */
@SuppressWarnings("unchecked")
class AsyncApiTest {

  private static final Path PAGE = Path.of("..", "docs", "asyncapi.yaml");

  @ParameterizedTest
  @EnumSource(MessageType.class)
  void describesEveryMessageMemberForMember(MessageType type) throws IOException {
    var datasetType = type == MessageType.DATASET_DELETED ? "iq_raw" : null;
    var request =
        new PurgeRequest(type, Ids.next(), 1, Ids.next(), "some", datasetType, Instant.EPOCH);
    var message = JsonMapper.shared().readTree(request.toEvent(Ids.next(), Instant.EPOCH).toJson());
    var described = section(page(), "components", "messages", type.type(), "payload", "properties");
    var data = section(described, "data", "properties");

    assertThat(described).containsOnlyKeys(message.propertyNames());
    assertThat(data).containsOnlyKeys(message.get("data").propertyNames());
    assertThat(section(described, "dataschema")).containsEntry("const", type.schema());
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects.{store}", "directories.{root}", "records"})
  void namesEveryQueueAndItsTwin(String queue) throws IOException {
    assertThat(page().toString())
        .contains("address=purgeline." + queue + ",")
        .contains("address=" + new WorkQueue("purgeline." + queue).large().name() + ",");
  }

  @Test
  void namesTheExchangeOfFacts() throws IOException {
    assertThat(section(page(), "channels", "events")).containsEntry("address", Topology.EVENTS);
  }

  private static Map<String, Object> page() throws IOException {
    return new Yaml().load(Files.readString(PAGE));
  }

  private static Map<String, Object> section(Map<String, Object> from, String... path) {
    var section = from;
    for (var name : path) {
      section = (Map<String, Object>) Objects.requireNonNull(section.get(name), name);
    }
    return section;
  }
}
