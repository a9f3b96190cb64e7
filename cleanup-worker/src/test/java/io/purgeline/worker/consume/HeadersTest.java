package io.purgeline.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageBuilder;
import tools.jackson.databind.json.JsonMapper;

class HeadersTest {

  private static final String NUL = "\0";
  private static final String WRITTEN_NUL = "\\" + "u0000";

  /** PostgreSQL takes no NUL in JSON, escaped or not. */
  @Test
  void becomeJsonThatTheDatabaseTakes() {
    for (var value : List.of("plain", "a" + NUL + "b", WRITTEN_NUL, "back\\slash", "\"quoted\"")) {
      var message =
          MessageBuilder.withBody(new byte[0])
              .setHeader("odd", value)
              .setHeader("named " + value, "x")
              .build();

      var json = Headers.json(message);

      var written = JsonMapper.builder().build().readTree(json);
      assertThat(written.path("odd").asString()).isEqualTo(value.replace(NUL, ""));
      assertThat(written.path("named " + value.replace(NUL, "")).asString()).isEqualTo("x");
      assertThat(json.replace("\\\\", "")).doesNotContain(WRITTEN_NUL);
    }
  }
}
