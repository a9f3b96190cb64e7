package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whom the list of stores tells to be out of whose reach. */
class StoreViewsTest extends GatewayTestBase {

  @BeforeEach
  @AfterEach
  void forget() {
    sql.sql("delete from store_outage").update();
    sql.sql("delete from store_identity").update();
  }

  @Test
  void tellsWhichWorkersDoNotReachAStore() {
    known("s3://main/one");
    known("s3://main/two");
    known("dir://main");
    known("s3://other/one");
    outage("purgeline.objects.main", "worker-b", "timed out", 5);
    outage("purgeline.objects.main", "worker-a", "refused", 5);

    for (var place : new String[] {"s3://main/one", "s3://main/two"}) {
      var outages = store(place).path("out_of_reach");
      assertThat(outages.findValuesAsString("worker")).containsExactly("worker-a", "worker-b");
      assertThat(outages.path(0).path("problem").asString()).isEqualTo("refused");
      assertThat(Instant.parse(outages.path(0).path("since").asString()))
          .isBetween(Instant.now().minusSeconds(660), Instant.now().minusSeconds(540));
    }
    assertThat(store("dir://main").path("out_of_reach").isEmpty()).as("a root").isTrue();
    assertThat(store("s3://other/one").path("out_of_reach").isEmpty()).isTrue();
  }

  @Test
  void tellsOfOneBucketWithThatBucketOnly() {
    known("s3://main/one");
    known("s3://main/two");
    outageOf("s3://main/two");
    outageOf("s3://main/never-reached");

    assertThat(store("s3://main/one").path("out_of_reach").isEmpty()).isTrue();
    for (var place : new String[] {"s3://main/two", "s3://main/never-reached"}) {
      var outages = store(place).path("out_of_reach");
      assertThat(outages.findValuesAsString("problem")).containsExactly("no such bucket");
      assertThat(outages.path(0).path("whole").asBoolean()).isFalse();
    }
  }

  private void outageOf(String bucket) {
    sql.sql(
            """
            insert into store_outage (queue, worker, place, problem)
            values ('purgeline.objects.main', 'worker', :place, 'no such bucket')
            """)
        .param("place", bucket)
        .update();
  }

  @Test
  void forgetsWhatNobodyRepeats() {
    known("dir://trainings");
    outage("purgeline.directories.trainings", "alive", "not mounted", 30);
    outage("purgeline.directories.trainings", "gone", "not mounted", 61);
    outage("purgeline.directories.elsewhere", "gone", "not mounted", 61);

    assertThat(store("dir://trainings").path("out_of_reach").findValuesAsString("worker"))
        .containsExactly("alive");
    assertThat(stores().findValuesAsString("place")).doesNotContain("dir://elsewhere");
  }

  @Test
  void tellsOfStoresThatNobodyHasEverReached() {
    outage("purgeline.objects.new", "worker", "unknown host", 1);
    outage("purgeline.directories.new", "worker", "no such directory", 1);

    assertThat(stores().findValuesAsString("place")).containsExactly("dir://new", "s3://new");
    assertThat(store("s3://new").path("identity").isNull()).isTrue();
    assertThat(store("s3://new").path("out_of_reach").path(0).path("problem").asString())
        .isEqualTo("unknown host");
    var first = api.get("/stores?limit=1").json();
    var second = api.get("/stores?cursor=" + first.path("next_cursor").asString()).json();
    assertThat(second.path("items").findValuesAsString("place")).containsExactly("s3://new");
  }

  @Test
  void isInTheDescriptionOfTheApi() {
    var schemas = api.get("/v3/api-docs").json().path("components").path("schemas");

    assertThat(schemas.path("StoreView").path("properties").propertyNames())
        .containsExactlyInAnyOrder(
            "place",
            "identity",
            "recorded_at",
            "observed",
            "problem",
            "observed_at",
            "out_of_reach");
    assertThat(schemas.path("StoreViewOutage").path("properties").propertyNames())
        .containsExactlyInAnyOrder("worker", "since", "problem", "whole");
  }

  private JsonNode stores() {
    return api.get("/stores").json().path("items");
  }

  private JsonNode store(String place) {
    return stores()
        .valueStream()
        .filter(store -> store.path("place").asString().equals(place))
        .findFirst()
        .orElseThrow();
  }

  private void known(String place) {
    sql.sql("insert into store_identity (place, identity) values (:place, 'that of ' || :place)")
        .param("place", place)
        .update();
  }

  /** Noticed ten minutes ago, repeated so many seconds ago. */
  private void outage(String queue, String worker, String problem, int seconds) {
    sql.sql(
            """
            insert into store_outage (queue, worker, problem, since, seen_at)
            values (:queue, :worker, :problem, clock_timestamp() - interval '10 minutes',
                    clock_timestamp() - make_interval(secs => :seconds))
            """)
        .param("queue", queue)
        .param("worker", worker)
        .param("problem", problem)
        .param("seconds", seconds)
        .update();
  }
}
