package io.purgeline.messaging;

import io.purgeline.deletion.ResourceKind;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of message that ask for a purge. */
public enum MessageType {
  DATASET_DELETED("DatasetDeleted", "urn:purgeline:dataset-deleted:1", "dataset_id"),
  TRAINING_DELETED("TrainingDeleted", "urn:purgeline:training-deleted:1", "training_id");

  private final String type;
  private final String schema;
  private final String resourceField;

  MessageType(String type, String schema, String resourceField) {
    this.type = type;
    this.schema = schema;
    this.resourceField = resourceField;
  }

  /** The CloudEvents type, also the message's type property. */
  public String type() {
    return type;
  }

  /** The version of the data's shape. */
  public String schema() {
    return schema;
  }

  /** What the id of the deleted resource is called in the data. */
  public String resourceField() {
    return resourceField;
  }

  /**
   * The message that asks for the purge of such a resource.
   *
   * @throws IllegalArgumentException for a job, which has no bytes of its own
   */
  public static MessageType of(ResourceKind kind) {
    return switch (kind) {
      case DATASET -> DATASET_DELETED;
      case TRAINING -> TRAINING_DELETED;
      case JOB -> throw new IllegalArgumentException("a job has no bytes of its own");
    };
  }

  public static Optional<MessageType> of(String type, String schema) {
    return Arrays.stream(values())
        .filter(known -> known.type.equals(type) && known.schema.equals(schema))
        .findFirst();
  }
}
