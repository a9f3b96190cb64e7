package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.DeletionGauges;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class FreezeTest extends GatewayTestBase {

  @Autowired private DeletionGauges gauges;

  @AfterEach
  void thaw() {
    api.delete("/freeze");
  }

  @Test
  void stopsPurgingAndLetsItGoOn() {
    var off = api.get("/freeze").json();
    var reason = Records.name("backup");
    var set = api.post("/freeze", "{\"reason\": \"%s\"}".formatted(reason));
    var on = api.get("/freeze").json();
    var ended = api.delete("/freeze");

    assertThat(off.path("frozen").asBoolean()).isFalse();
    assertThat(set.status()).isEqualTo(200);
    assertThat(on.propertyNames()).containsExactlyInAnyOrder("frozen", "actor", "reason", "since");
    assertThat(on.path("frozen").asBoolean()).isTrue();
    assertThat(on.path("actor").asString()).isEqualTo("alice");
    assertThat(on.path("reason").asString()).isEqualTo(reason);
    assertThat(ended.status()).isEqualTo(204);
    assertThat(api.get("/freeze").json().path("frozen").asBoolean()).isFalse();
    assertThat(
            records.count(
                "audit_entry where act = 'freeze.set' and outcome = 'accepted' and reason = '%s'"
                    .formatted(reason)))
        .isOne();
    assertThat(records.count("audit_entry where act = 'freeze.end' and outcome = 'accepted'"))
        .isPositive();
  }

  @Test
  void isShownToThoseWhoWatch() {
    gauges.runOnce();
    var before = api.get("/metrics").text();
    api.post("/freeze", "{\"reason\": \"backup runs\"}");
    gauges.runOnce();

    assertThat(before).contains("\npurgeline_frozen 0.0\n");
    assertThat(api.get("/metrics").text()).contains("\npurgeline_frozen 1.0\n");
  }

  @Test
  void keepsTheFirstOrder() {
    api.post("/freeze", "{\"reason\": \"first\"}");

    assertThat(api.post("/freeze", "{\"reason\": \"second\"}").json().path("reason").asString())
        .isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": null}", "{\"reason\": \"a\\u0000\"}"})
  void refusesWithoutAReason(String body) {
    assertThat(api.post("/freeze", body).status()).isEqualTo(400);
    assertThat(api.get("/freeze").json().path("frozen").asBoolean()).isFalse();
  }

  @Test
  void stillTakesDeletions() {
    api.post("/freeze", "{\"reason\": \"backup runs\"}");

    assertThat(api.delete("/datasets/" + records.dataset()).status()).isEqualTo(204);
  }
}
