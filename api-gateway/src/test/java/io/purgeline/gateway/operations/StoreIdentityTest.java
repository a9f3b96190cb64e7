package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.Test;

class StoreIdentityTest extends GatewayTestBase {

  @Test
  void acceptsWhatWasObserved() {
    observed("s3://main/changed", "two");

    var answer = accept("s3://main/changed", "two", "bucket was replaced");

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

    assertThat(accept("dir://quiet", "two", "why").status()).isEqualTo(409);
    assertThat(accept("dir://unknown", "two", "why").status()).isEqualTo(404);
    assertThat(accept("dir://quiet", "two", "").status()).isEqualTo(400);
    assertThat(accept("", "two", "why").status()).isEqualTo(400);
    assertThat(
            records.count(
                "audit_entry where act = 'store.accept' and resource_id = 'dir://quiet' and outcome like 'refused: %'"))
        .isEqualTo(2);
  }

  @Test
  void refusesWhatWasPutThereSinceTheOperatorLooked() {
    observed("dir://swapped", "three");

    assertThat(accept("dir://swapped", "two", "replaced").status()).isEqualTo(409);

    assertThat(records.count("store_identity where place = 'dir://swapped' and identity = 'one'"))
        .isOne();
  }

  /** On record is "one". */
  private void observed(String place, String identity) {
    sql.sql(
            """
            insert into store_identity (place, identity, observed, problem, observed_at)
            values (:place, 'one', :observed, 'another identity', now())
            """)
        .param("place", place)
        .param("observed", identity)
        .update();
  }

  private Answer accept(String place, String identity, String reason) {
    return api.post(
        "/stores/identity",
        "{\"place\": \"%s\", \"identity\": \"%s\", \"reason\": \"%s\"}"
            .formatted(place, identity, reason));
  }
}
