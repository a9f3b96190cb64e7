package io.purgeline.gateway.deletion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a header, as curl and most other clients send them; Java's own sends ASCII only. */
class ReasonHeaderTest extends GatewayTestBase {

  @ParameterizedTest
  @CsvSource({
    "no longer needed, UTF-8",
    "Überholt: Åsas Löschantrag, UTF-8",
    "Überholt: Åsas Löschantrag, ISO-8859-1",
    "もう要らない 😀, UTF-8",
  })
  void isKeptAsItWasWritten(String reason, String charset) throws IOException {
    var dataset = records.dataset();

    var answer = delete(dataset, reason.getBytes(Charset.forName(charset)));

    assertThat(answer).startsWith("HTTP/1.1 204");
    assertThat(
            sql.sql("select reason from deletion where resource_id = :id")
                .param("id", dataset.toString())
                .query(String.class)
                .single())
        .isEqualTo(reason);
  }

  @Test
  void isRefusedWithAControlCharacter() throws IOException {
    var dataset = records.dataset();

    var answer = delete(dataset, "next\u0085line".getBytes(UTF_8));

    assertThat(answer).startsWith("HTTP/1.1 400").contains("control characters");
    assertThat(records.exists("dataset", dataset)).isTrue();
  }

  private String delete(UUID dataset, byte[] reason) throws IOException {
    var login = Base64.getEncoder().encodeToString("alice:secret".getBytes(UTF_8));
    var request =
        """
        DELETE /api/v1/datasets/%s HTTP/1.1
        Host: localhost
        Connection: close
        Authorization: Basic %s
        X-Purgeline-Reason: %s

        """
            .formatted(dataset, login, new String(reason, ISO_8859_1))
            .replace("\n", "\r\n");
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
