package io.purgeline.gateway.catalogue;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of the request that registered a resource, kept beside it: the same request again is
 * answered with what is there, whatever has changed since, and a different one is refused.
 */
@Component
final class Requests {

  private final JsonMapper json;

  Requests(JsonMapper json) {
    this.json = json;
  }

  String text(Record checkedBody) {
    return json.writeValueAsString(checkedBody);
  }
}
