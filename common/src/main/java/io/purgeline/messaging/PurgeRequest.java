package io.purgeline.messaging;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The message that asks a worker to look at a purge task. It is a notification: what is purged, and
 * whether, is in the database.
 *
 * @param type what was deleted
 * @param taskId the purge task
 * @param generation which of the task's messages this is; older ones are ignored
 * @param deletionId the deletion the task belongs to
 * @param resourceId the id of the deleted dataset or training
 * @param datasetType the type of a dataset, null for other resources
 * @param occurredAt when the deletion was committed
 */
public record PurgeRequest(
    MessageType type,
    UUID taskId,
    int generation,
    UUID deletionId,
    String resourceId,
    @Nullable String datasetType,
    Instant occurredAt) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The message to send, with an id of its own. */
  public CloudEvent toEvent(UUID eventId, Instant now) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("task_id", taskId.toString());
    data.put("generation", generation);
    data.put("deletion_id", deletionId.toString());
    data.put(type.resourceField(), resourceId);
    if (datasetType != null) {
      data.put("dataset_type", datasetType);
    }
    data.put("occurred_at", occurredAt.toString());
    return new CloudEvent(eventId, type.type(), type.schema(), now, data);
  }

  /**
   * Reads a message. Fields it does not know are ignored.
   *
   * @throws UnreadableMessageException not JSON, not a CloudEvent of a known type and version, or
   *     without its ids
   */
  public static PurgeRequest parse(byte[] body) throws UnreadableMessageException {
    var event = object(body);
    return read(type(event), event.path("data"));
  }

  private static JsonNode object(byte[] body) throws UnreadableMessageException {
    try {
      var event = JSON.readTree(body);
      if (event.isObject()) {
        return event;
      }
    } catch (JacksonException e) {
      throw new UnreadableMessageException("not JSON", e.getOriginalMessage());
    }
    throw new UnreadableMessageException("not a JSON object", null);
  }

  private static MessageType type(JsonNode event) throws UnreadableMessageException {
    var type = text(event, "type");
    if (Arrays.stream(MessageType.values()).noneMatch(known -> known.type().equals(type))) {
      throw new UnreadableMessageException("unknown type", type);
    }
    var schema = text(event, "dataschema");
    return MessageType.of(type, schema)
        .orElseThrow(() -> new UnreadableMessageException("unknown version", schema));
  }

  private static PurgeRequest read(MessageType type, JsonNode data)
      throws UnreadableMessageException {
    if (!data.isObject()) {
      throw unfit(data, "data");
    }
    var datasetType = data.path("dataset_type");
    return new PurgeRequest(
        type,
        uuid(data, "task_id"),
        number(data, "generation"),
        uuid(data, "deletion_id"),
        text(data, type.resourceField()),
        datasetType.isString() ? datasetType.stringValue() : null,
        instant(data, "occurred_at"));
  }

  private static int number(JsonNode node, String field) throws UnreadableMessageException {
    var value = node.path(field);
    if (!value.isInt()) {
      throw unfit(value, field);
    }
    return value.intValue();
  }

  private static UUID uuid(JsonNode node, String field) throws UnreadableMessageException {
    var text = text(node, field);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw malformed(field, text);
    }
  }

  private static Instant instant(JsonNode node, String field) throws UnreadableMessageException {
    var text = text(node, field);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw malformed(field, text);
    }
  }

  private static String text(JsonNode node, String field) throws UnreadableMessageException {
    var value = node.path(field);
    if (!value.isString()) {
      throw unfit(value, field);
    }
    return value.stringValue();
  }

  private static UnreadableMessageException unfit(JsonNode value, String field) {
    return value.isMissingNode()
        ? new UnreadableMessageException("no field " + field, null)
        : malformed(field, value.toString());
  }

  private static UnreadableMessageException malformed(String field, String value) {
    return new UnreadableMessageException("malformed field " + field, value);
  }
}
