package io.purgeline.worker;

import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

/** A worker as those see it who start it and watch it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class WorkerApplicationTest {

  @AutoClose private final Pipeline pipeline = Pipeline.on(Servers.shared());
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  void start() {
    pipeline.start();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /nothing,          404",
    "GET,    /,                 404",
    "GET,    /api/v1/datasets,  404",
    "DELETE, /api/v1/datasets,  404",
    "POST,   /health,           405"
  })
  void tellsAsAProblemWhatIsNotThere(String method, String path, int status) throws Exception {
    var answer = send(method, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"status\":" + status).contains("\"detail\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/readiness"})
  void isDownWhileItTakesNoRequests(String path) throws Exception {
    patiently().until(() -> send("GET", path).statusCode() == 200);
    tell(ReadinessState.REFUSING_TRAFFIC);
    try {
      var health = send("GET", path);

      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("\"status\":\"DOWN\"");
    } finally {
      tell(ReadinessState.ACCEPTING_TRAFFIC);
    }
  }

  private void tell(ReadinessState state) {
    pipeline
        .bean(ApplicationAvailabilityBean.class)
        .onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "access-key", "secret-key"})
  void doesNotStartWithoutWhatAStoreNeeds(String missing, CapturedOutput output) {
    var property = "purgeline.object-stores.main." + missing;
    var arguments = new ArrayList<>(pipeline.arguments());
    assertThat(arguments.removeIf(argument -> argument.startsWith("--" + property + "="))).isTrue();
    arguments.add("--logging.level.org.springframework.boot.diagnostics=error");

    assertThatThrownBy(() -> WorkerApplication.start(arguments.toArray(String[]::new))).isNotNull();

    assertThat(output)
        .containsPattern("Description:\\s+Set " + property + ": a worker needs it\\.");
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    var port = pipeline.bean(Environment.class).getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
