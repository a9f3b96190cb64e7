package io.purgeline.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages are read, or it is said in few words what is wrong with them. */
class PurgeRequestTest {

  private static final PurgeRequest REQUEST =
      new PurgeRequest(
          MessageType.DATASET_DELETED,
          UUID.randomUUID(),
          3,
          UUID.randomUUID(),
          "dataset",
          "iq_raw",
          Instant.parse("2026-11-01T08:00:00Z"));

  private static final String READABLE = REQUEST.toEvent(UUID.randomUUID(), Instant.EPOCH).toJson();

  @Test
  void areReadAsTheyWereWritten() throws UnreadableMessageException {
    assertThat(PurgeRequest.parse(bytes(READABLE))).isEqualTo(REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{not json|not JSON",
        "junk|not JSON",
        "more junk|not JSON",
        "{\"type\"|not JSON",
        "``|not a JSON object",
        "17|not a JSON object",
        "[]|not a JSON object",
        "{}|no field type",
        "{\"type\": 1}|malformed field type",
        "{\"type\": \"ModelDeleted\"}|unknown type",
        "{\"type\": \"DatasetDeleted\"}|no field dataschema",
        "{\"type\": \"DatasetDeleted\", \"dataschema\": \"x\"}|unknown version",
      })
  void areOfOneKindOfTroubleWhateverTheSenderWrote(String body, String trouble) {
    assertTrouble(body, trouble);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"task_id\":|\"was\":|no field task_id",
        "\"task_id\":\"|\"task_id\":\"../../|malformed field task_id",
        "\"generation\":3|\"generation\":\"3\"|malformed field generation",
        "\"generation\":3|\"generation\":3000000000|malformed field generation",
        "\"deletion_id\":\"|\"deletion_id\":\"x|malformed field deletion_id",
        "\"dataset_id\":|\"was\":|no field dataset_id",
        "\"occurred_at\":\"2026|\"occurred_at\":\"now|malformed field occurred_at",
        "\"data\":|\"was\":|no field data",
      })
  void nameTheFieldThatIsWrong(String right, String wrong, String trouble) {
    assertThat(READABLE).contains(right);

    assertTrouble(READABLE.replace(right, wrong), trouble);
  }

  @Test
  void areToldOfWithoutAllThatTheSenderWrote() {
    var long300 = "x".repeat(300);

    assertThatThrownBy(() -> PurgeRequest.parse(bytes("{\"type\": \"" + long300 + "\"}")))
        .hasMessage("unknown type: " + "x".repeat(200));
  }

  private static void assertTrouble(String body, String trouble) {
    assertThatThrownBy(() -> PurgeRequest.parse(bytes(body)))
        .asInstanceOf(throwable(UnreadableMessageException.class))
        .extracting(UnreadableMessageException::trouble)
        .isEqualTo(trouble);
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
