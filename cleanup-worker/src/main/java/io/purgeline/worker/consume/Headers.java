package io.purgeline.worker.consume;

import java.util.LinkedHashMap;
import org.springframework.amqp.core.Message;
import tools.jackson.databind.json.JsonMapper;

/** A message's headers as JSON, for a person to read. */
final class Headers {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Headers() {}

  static String json(Message message) {
    var headers = new LinkedHashMap<String, String>();
    var properties = message.getMessageProperties();
    headers.put("message_id", String.valueOf(properties.getMessageId()));
    headers.put("type", String.valueOf(properties.getType()));
    headers.put("exchange", String.valueOf(properties.getReceivedExchange()));
    headers.put("routing_key", String.valueOf(properties.getReceivedRoutingKey()));
    properties.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
    var written = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> written.put(withoutNul(name), withoutNul(value)));
    return JSON.writeValueAsString(written);
  }

  /** PostgreSQL takes none in JSON. */
  private static String withoutNul(String text) {
    return text.replace("\0", "");
  }
}
