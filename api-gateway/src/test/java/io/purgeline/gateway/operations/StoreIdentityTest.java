package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import java.util.UUID;
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

    assertThat(
            records.count(
                "store_identity where place = 'dir://swapped' and identity = 'that of dir://swapped'"))
        .isOne();
  }

  @Test
  void givesARenamedStoreItsNewNameOnceNothingIsRegisteredByTheOldOne() {
    sql.sql(
            "insert into store_identity (place, identity) values ('s3://old/moved', 'created then')")
        .update();
    observed("s3://new/moved", "created then");
    var dataset = records.dataset();
    var location = location("s3://old/moved/run-1/", dataset);

    var early = accept("s3://new/moved", "created then", "renamed");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.json().path("detail").asString())
        .isEqualTo(
            "Cannot accept the identity 'created then' of s3://new/moved: it is that of s3://old/moved, where something is registered.");
    assertThat(records.count("store_identity where place = 's3://old/moved'")).isOne();

    sql.sql("delete from storage_location where id = :id").param("id", location).update();
    assertThat(accept("s3://new/moved", "created then", "renamed").status()).isEqualTo(200);
    assertThat(
            records.count(
                "store_identity where place = 's3://old/moved' and identity = 'none yet' and observed_at is null"))
        .as("the old name is kept, with what it led to, and stands for nothing")
        .isOne();
    assertThat(
            records.count(
                "store_identity where place = 's3://old/moved' and observed = 'created then'"))
        .as("so that data registered by it after all is not taken for nobody's")
        .isOne();
  }

  private UUID location(String uri, UUID dataset) {
    return records.location("dataset", dataset.toString(), uri);
  }

  /** On record is something else. */
  private void observed(String place, String identity) {
    sql.sql(
            """
            insert into store_identity (place, identity, observed, problem, observed_at)
            values (:place, 'that of ' || :place, :observed, 'another identity', now())
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
