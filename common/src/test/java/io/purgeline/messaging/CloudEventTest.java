package io.purgeline.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Consumers written elsewhere rely on messages to the letter. */
class CloudEventTest {

  private static final UUID EVENT = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID TASK = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final UUID DELETION = UUID.fromString("00000000-0000-7000-8000-000000000003");
  private static final Instant OCCURRED = Instant.parse("2026-11-01T08:00:00Z");
  private static final Instant WRITTEN = Instant.parse("2026-11-01T08:00:01Z");

  @Test
  void ofADatasetIsWrittenSo() {
    var request =
        new PurgeRequest(MessageType.DATASET_DELETED, TASK, 1, DELETION, "d1", "iq_raw", OCCURRED);

    assertThat(request.toEvent(EVENT, WRITTEN).toJson())
        .isEqualTo(
            """
            {"specversion":"1.0","id":"00000000-0000-7000-8000-000000000001","source":"purgeline",\
            "type":"DatasetDeleted","dataschema":"urn:purgeline:dataset-deleted:1","time":"2026-11-01T08:00:01Z",\
            "data":{"task_id":"00000000-0000-7000-8000-000000000002","generation":1,\
            "deletion_id":"00000000-0000-7000-8000-000000000003","dataset_id":"d1","dataset_type":"iq_raw",\
            "occurred_at":"2026-11-01T08:00:00Z"}}\
            """);
  }

  @Test
  void ofATrainingIsWrittenSo() {
    var request =
        new PurgeRequest(
            MessageType.TRAINING_DELETED, TASK, 2, DELETION, "train_0000000a", null, OCCURRED);

    assertThat(request.toEvent(EVENT, WRITTEN).toJson())
        .isEqualTo(
            """
            {"specversion":"1.0","id":"00000000-0000-7000-8000-000000000001","source":"purgeline",\
            "type":"TrainingDeleted","dataschema":"urn:purgeline:training-deleted:1","time":"2026-11-01T08:00:01Z",\
            "data":{"task_id":"00000000-0000-7000-8000-000000000002","generation":2,\
            "deletion_id":"00000000-0000-7000-8000-000000000003","training_id":"train_0000000a",\
            "occurred_at":"2026-11-01T08:00:00Z"}}\
            """);
  }
}
