package io.purgeline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

class HealthTest extends GatewayTestBase {

  @Autowired private ApplicationContext context;

  @AfterEach
  void accept() {
    AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
  }

  @ParameterizedTest
  @CsvSource({
    "/health,           REFUSING_TRAFFIC,  503, DOWN",
    "/health/readiness, REFUSING_TRAFFIC,  503, DOWN",
    "/health/liveness,  REFUSING_TRAFFIC,  200, UP",
    "/health,           ACCEPTING_TRAFFIC, 200, UP",
    "/health/readiness, ACCEPTING_TRAFFIC, 200, UP"
  })
  void isUpOrDown(String path, ReadinessState state, int code, String status) {
    AvailabilityChangeEvent.publish(context, state);

    var health = api.anonymous().get(path);

    assertThat(health.status()).isEqualTo(code);
    assertThat(health.json().path("status").asString()).isEqualTo(status);
  }
}
