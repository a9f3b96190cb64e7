package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.Test;

class StoreIdentityTest extends GatewayTestBase {

  @Test
  void acceptsWhatWasObserved() {
    sql.sql(
            """
            insert into store_identity (place, identity, observed, problem, observed_at)
            values ('s3://main/changed', 'one', 'two', 'another identity', now())
            """)
        .update();

    var answer = accept("s3://main/changed", "bucket was replaced");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactlyInAnyOrder(
            "place", "identity", "recorded_at", "observed", "problem", "observed_at");
    assertThat(answer.json().path("identity").asString()).isEqualTo("two");
    assertThat(answer.json().path("problem").isNull()).isTrue();
    assertThat(
            records.count(
                "audit_entry where act = 'store.accept' and resource_id = 's3://main/changed' and reason = 'bucket was replaced' and outcome = 'accepted'"))
        .isOne();
    var listed = api.get("/stores").json().path("items");
    assertThat(listed.findValuesAsString("place")).contains("s3://main/changed");
  }

  @Test
  void refusesWhereNothingWasObserved() {
    sql.sql("insert into store_identity (place, identity) values ('dir://quiet', 'one')").update();

    assertThat(accept("dir://quiet", "why").status()).isEqualTo(409);
    assertThat(accept("dir://unknown", "why").status()).isEqualTo(404);
    assertThat(accept("dir://quiet", "").status()).isEqualTo(400);
    assertThat(accept("", "why").status()).isEqualTo(400);
    assertThat(
            records.count(
                "audit_entry where act = 'store.accept' and resource_id = 'dir://quiet' and outcome like 'refused: %'"))
        .isEqualTo(2);
  }

  private io.purgeline.gateway.Api.Answer accept(String place, String reason) {
    return api.post(
        "/stores/identity", "{\"place\": \"%s\", \"reason\": \"%s\"}".formatted(place, reason));
  }
}
