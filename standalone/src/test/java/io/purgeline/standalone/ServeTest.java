package io.purgeline.standalone;

import static io.purgeline.standalone.StandaloneProcess.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded stack for longer use. */
class ServeTest {

  private static final Pattern GATEWAY = Pattern.compile("(http://\\S+:\\d+)/docs");

  @TempDir Path folder;

  @Test
  void keepsDataAndLoginAndGoesOnWithADeletionAlthoughItIsKilled() throws Exception {
    filesForProduction();
    var job = UUID.randomUUID();
    var dataset = UUID.randomUUID();
    var files = folder.resolve("data/datasets/" + dataset);
    String login;
    String deletion;
    try (var first = serve("first.log")) {
      awaitAddresses(first);
      login = first.found(LOGIN, 2);
      create(first, "/jobs", "{\"id\": \"%s\", \"name\": \"kept\", \"type\": \"training\"}", job);
      Files.createDirectories(files.resolve("deep/er"));
      Files.writeString(files.resolve("a.txt"), "first");
      Files.writeString(files.resolve("deep/er/b.bin"), "second");
      create(
          first, "/datasets", "{\"id\": \"%s\", \"name\": \"gone\", \"type\": \"files\"}", dataset);
      freeze(first);
      var deleted = send(first, delete(), "/datasets/" + dataset + "?reason=test");
      assertThat(deleted.statusCode()).isEqualTo(204);
      deletion = deleted.headers().firstValue("Location").orElseThrow();
      first.kill();
    }
    assertThat(files.resolve("deep/er/b.bin")).as("it really is unfinished").exists();

    var usual = folder.resolve("data").toString();
    try (var second = serve("second.log", "--data", usual)) {
      awaitAddresses(second);

      assertThat(second.found(LOGIN, 2)).isEqualTo(login);
      assertThat(send(second, get(), "/jobs/" + job).statusCode()).isEqualTo(200);

      send(second, delete(), "/freeze?reason=test");
      var path = "/deletions" + deletion.substring(deletion.lastIndexOf('/'));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(send(second, get(), path).body()).contains("\"state\":\"PURGED\""));
      assertThat(files).doesNotExist();
      assertThat(send(second, get(), "/stores").body())
          .contains("s3://main/", "dir://datasets")
          .doesNotContain("production");

      second.terminate();
      assertThat(second.awaitEnd(Duration.ofMinutes(3))).as(second.output()).isZero();
    }
  }

  /**
   * Beside whoever types the command, where a gateway and a worker of their own would read them.
   */
  private void filesForProduction() throws IOException {
    Files.writeString(folder.resolve("gateway.yaml"), "server.servlet.context-path: /production\n");
    Files.writeString(
        Files.createDirectory(folder.resolve("config")).resolve("worker.yaml"),
        """
        purgeline.object-stores.production:
          endpoint: http://127.0.0.1:1
          access-key: production
          secret-key: production
          buckets: [production]
        """);
  }

  /** The order is obeyed within two seconds. */
  private static void freeze(StandaloneProcess process) throws IOException, InterruptedException {
    create(process, "/freeze", "{\"reason\": \"%s\"}", "to be killed");
    await()
        .atMost(Duration.ofMinutes(1))
        .during(Duration.ofSeconds(2))
        .until(() -> send(process, get(), "/freeze").body().contains("to be killed"));
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

  private static void create(StandaloneProcess process, String path, String json, Object value)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder().POST(BodyPublishers.ofString(json.formatted(value)));
    assertThat(send(process, request, path).statusCode()).isBetween(200, 201);
  }

  private static HttpRequest.Builder get() {
    return HttpRequest.newBuilder().GET();
  }

  private static HttpRequest.Builder delete() {
    return HttpRequest.newBuilder().DELETE();
  }

  private static HttpResponse<String> send(
      StandaloneProcess process, HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
          request
              .uri(URI.create(process.found(GATEWAY, 1) + "/api/v1" + path))
              .header("Authorization", process.authorization())
              .header("Content-Type", "application/json")
              .build(),
          BodyHandlers.ofString());
    }
  }
}
