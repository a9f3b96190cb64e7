package io.purgeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.purgeline.cli.Status.Outbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read out of what a gateway answers. */
class StatusTest {

  private static final String NONE = "{\"items\": []}";

  private final Map<String, String> answers = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var asked = exchange.getRequestURI().toString();
          var answer =
              answers.entrySet().stream()
                  .filter(known -> asked.contains(known.getKey()))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .orElse(asked.contains("/metrics") ? "" : NONE);
          var bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void namesTheOldestOfAllThatIsNotPurged() {
    answers.put("state=PURGING", page(deletion("a", "2026-11-21T10:00:00Z")));
    answers.put("state=DEAD", page(deletion("b", "2026-11-21T09:00:00Z")));

    var status = read();

    assertThat(status.oldest()).map(oldest -> Readable.text(oldest, "id")).contains("b");
    assertThat(status.oldestSince()).contains(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(status.outbox()).as("no such page").isNull();
  }

  @Test
  void takesTheAgeFromTheFiguresWhereThereAreTooManyToRead() {
    answers.put("state=PURGING", endless(deletion("a", "2026-11-21T10:00:00Z")));
    answers.put(
        "/metrics",
        "purgeline_oldest_pending_timestamp_seconds{kind=\"job\"} 1.7637E9\n"
            + "purgeline_outbox_rows 7.0\n");

    var status = read();

    assertThat(status.more()).isTrue();
    assertThat(status.oldest()).isEmpty();
    assertThat(status.oldestSince()).contains(Instant.ofEpochSecond(1_763_700_000));
    assertThat(status.outbox()).isEqualTo(new Outbox(7, Optional.empty()));
  }

  @Test
  void tellsWhichStoresPurgesWaitFor() {
    answers.put(
        "state=PURGING",
        page(
            deletion("a", "2026-11-21T10:00:00Z")
                .replace(
                    "[]",
                    """
                    [{"state": "WAITING", "location": "s3://main/bucket/x/",
                      "last_error": {"class": "OUTAGE", "message": "refused"}},
                     {"state": "WAITING", "location": "dir://trainings/x",
                      "last_error": {"class": "ITEM", "message": "EPERM"}},
                     {"state": "RUNNING", "location": "s3://other/bucket/x/",
                      "last_error": {"class": "OUTAGE", "message": "was away"}}]
                    """)));

    assertThat(read().waiting()).containsExactly(Map.entry("s3://main", "refused"));
  }

  private static String deletion(String id, String requestedAt) {
    return "{\"id\": \"%s\", \"requested_at\": \"%s\", \"tasks\": []}".formatted(id, requestedAt);
  }

  private static String page(String item) {
    return "{\"items\": [" + item + "]}";
  }

  private static String endless(String item) {
    var many = String.join(", ", Collections.nCopies(1_000, item));
    return "{\"items\": [" + many + "], \"next_cursor\": \"more\"}";
  }

  private Status read() {
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (var api = new Api(address, "alice", "secret")) {
      return Status.read(api);
    }
  }
}
