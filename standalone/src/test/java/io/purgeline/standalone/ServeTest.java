package io.purgeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded stack for longer use. */
class ServeTest {

  private static final Pattern GATEWAY = Pattern.compile("(http://\\S+:\\d+)/docs");
  private static final Pattern LOGIN = Pattern.compile("Login +(\\S+) / (\\S+)");

  @TempDir Path folder;

  @Test
  void keepsDataAndLoginAlthoughItIsKilled() throws Exception {
    var job = UUID.randomUUID();
    String login;
    try (var first = serve("first.log")) {
      awaitAddresses(first);
      login = found(LOGIN, first, 2);
      var made = "{\"id\": \"%s\", \"name\": \"kept\", \"type\": \"training\"}".formatted(job);
      assertThat(send(first, HttpRequest.newBuilder().POST(BodyPublishers.ofString(made)), ""))
          .isEqualTo(201);
      first.kill();
    }

    var usual = folder.resolve("data").toString();
    try (var second = serve("second.log", "--data", usual)) {
      awaitAddresses(second);

      assertThat(found(LOGIN, second, 2)).isEqualTo(login);
      assertThat(send(second, HttpRequest.newBuilder().GET(), "/" + job)).isEqualTo(200);

      second.terminate();
      assertThat(second.awaitEnd(Duration.ofMinutes(1))).as(second.output()).isZero();
    }
  }

  private StandaloneProcess serve(String log, String... options) {
    var arguments = Stream.concat(Stream.of("serve"), Stream.of(options)).toArray(String[]::new);
    return StandaloneProcess.start(folder.resolve("cache"), folder.resolve(log), arguments);
  }

  private static void awaitAddresses(StandaloneProcess process) {
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> assertThat(process.output()).containsPattern(LOGIN).containsPattern(GATEWAY));
  }

  /** The status of a request about jobs. */
  private static int send(StandaloneProcess process, HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    var login = found(LOGIN, process, 1) + ":" + found(LOGIN, process, 2);
    var authorization = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              request
                  .uri(URI.create(found(GATEWAY, process, 1) + "/api/v1/jobs" + path))
                  .header("Authorization", "Basic " + authorization)
                  .header("Content-Type", "application/json")
                  .build(),
              BodyHandlers.ofString())
          .statusCode();
    }
  }

  private static String found(Pattern pattern, StandaloneProcess process, int group) {
    var matcher = pattern.matcher(process.output());
    assertThat(matcher.find()).as(process.output()).isTrue();
    return matcher.group(group);
  }
}
