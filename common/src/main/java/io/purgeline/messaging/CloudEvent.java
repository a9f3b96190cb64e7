package io.purgeline.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as it travels: CloudEvents 1.0, structured mode, JSON.
 *
 * @param id the event's id, also the message id
 * @param type the CloudEvents type
 * @param dataschema the version of the data's shape
 * @param time when it was written
 * @param data its members, in order
 */
public record CloudEvent(
    UUID id, String type, String dataschema, Instant time, Map<String, @Nullable Object> data) {

  /** The content type of every message. */
  public static final String CONTENT_TYPE = "application/cloudevents+json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withContentInclusion(JsonInclude.Include.ALWAYS))
          .build();

  public String toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("specversion", "1.0");
    json.put("id", id.toString());
    json.put("source", "purgeline");
    json.put("type", type);
    json.put("dataschema", dataschema);
    json.put("time", time.toString());
    json.put("data", data);
    return JSON.writeValueAsString(json);
  }
}
