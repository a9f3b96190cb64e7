package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/asyncapi.yaml promises to those who listen. */
final class AsyncApi {

  private static final Path PAGE = Path.of("..", "docs", "asyncapi.yaml");

  private final JsonNode page;

  AsyncApi() {
    try {
      Object yaml = new Yaml().load(Files.readString(PAGE));
      page = JsonMapper.shared().valueToTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The types of the messages in this channel. */
  Collection<String> messages(String channel) {
    return page.at("/channels/" + channel + "/messages").propertyNames();
  }

  /** Asserts that the body has what is described for its type, all of it and nothing else. */
  void assertDescribes(JsonNode body) {
    var type = body.path("type").stringValue();
    assertFits(type, body, page.at("/components/messages/" + type + "/payload"));
  }

  /** As far as this page makes use of JSON Schema. */
  private void assertFits(String name, JsonNode value, JsonNode described) {
    var schema = resolved(described);
    assertThat(schema.isObject()).as("description of " + name).isTrue();
    for (var rule : schema.properties()) {
      var fits =
          switch (rule.getKey()) {
            case "const" -> value.equals(rule.getValue());
            case "enum" -> rule.getValue().valueStream().anyMatch(value::equals);
            case "type" -> rule.getValue().toString().contains("\"" + type(value) + "\"");
            case "minimum" -> value.longValue() >= rule.getValue().longValue();
            case "format" -> value.isNull() || hasFormat(rule.getValue().stringValue(), value);
            case "properties" -> value.propertyNames().equals(rule.getValue().propertyNames());
            case "required", "description" -> true; // every property is, by the line above
            default -> throw new AssertionError("unknown rule " + rule);
          };
      assertThat(fits).as("%s is %s, described by %s", name, value, rule).isTrue();
    }
    for (var member : schema.path("properties").properties()) {
      var path = name + "." + member.getKey();
      assertFits(path, value.path(member.getKey()), member.getValue());
    }
  }

  private JsonNode resolved(JsonNode schema) {
    var reference = schema.path("$ref");
    return reference.isString() ? page.at(reference.stringValue().substring(1)) : schema;
  }

  private static String type(JsonNode value) {
    return value.isIntegralNumber()
        ? "integer"
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** A value that has not is an exception that names it. */
  private static boolean hasFormat(String format, JsonNode value) {
    return switch (format) {
      case "uuid" -> UUID.fromString(value.stringValue()).version() > 0;
      case "date-time" -> !Instant.parse(value.stringValue()).equals(Instant.EPOCH);
      default -> throw new AssertionError("unknown format " + format);
    };
  }
}
