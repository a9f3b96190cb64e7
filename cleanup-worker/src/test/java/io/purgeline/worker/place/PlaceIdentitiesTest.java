package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.location.Location;
import io.purgeline.testing.PostgresServer;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One place has one name: by a second one, what is alive could be purged. */
class PlaceIdentitiesTest {

  private static final String CREATED = "created 2026-11-21T10:00:00.123Z";
  private static final String MAIN = "s3://main/recordings";
  private static final String COPY = "s3://copy/recordings";

  private JdbcClient jdbc;
  private PlaceIdentities identities;

  @BeforeEach
  void prepare() {
    var source = PostgresServer.shared().newMigratedDatabase().dataSourceInSchema();
    jdbc = JdbcClient.create(source);
    identities = new PlaceIdentities(jdbc);
  }

  @Test
  void stopBothNamesOfABucket() {
    identities.recognise(MAIN, CREATED);

    assertTwoNames(COPY, MAIN);
    assertTwoNames(MAIN, COPY);
    assertThat(identities.recorded(MAIN)).contains(CREATED);
    assertThat(identities.recorded(COPY)).contains("none yet");
  }

  @Test
  void stopBothNamesOfARoot() {
    identities.recognise("dir://trainings", "mark");

    assertThat(isTaken("dir://datasets", "mark")).isFalse();
    assertThat(isTaken("dir://trainings", "mark")).isFalse();
  }

  @Test
  void goOnWithTheFirstNameOnceNobodyMeetsTheSecondAnyMore() {
    identities.recognise(MAIN, CREATED);
    assertThat(isTaken(COPY, CREATED)).isFalse();

    jdbc.sql("update store_identity set observed_at = now() - interval '6 minutes'").update();

    assertThat(isTaken(MAIN, CREATED)).isTrue();
  }

  @Test
  void stopTheFirstNameAsLongAsLiveDataIsRegisteredByTheSecond() {
    identities.recognise(MAIN, CREATED);
    assertThat(isTaken(COPY, CREATED)).isFalse();
    register(COPY + "/run-1/");

    jdbc.sql("update store_identity set observed_at = now() - interval '6 minutes'").update();

    assertTwoNames(MAIN, COPY);
  }

  @Test
  void goOnWhileLiveDataIsRegisteredInPlacesThatOnlyBeginAlike() {
    identities.recognise(MAIN, CREATED);
    assertThat(isTaken(COPY, CREATED)).isFalse();
    register(COPY + "-2/run-1/");
    register("s3://copy/record/run-1/");

    jdbc.sql("update store_identity set observed_at = now() - interval '6 minutes'").update();

    assertThat(isTaken(MAIN, CREATED)).isTrue();
  }

  private void register(String uri) {
    var location = Location.parse(uri);
    jdbc.sql(
            """
            insert into storage_location (id, owner_kind, owner_id, uri, span)
            values (?, 'dataset', 'x', ?, key_range(?, ?))
            """)
        .params(UUID.randomUUID(), uri, location.spanStart(), location.spanEnd())
        .update();
  }

  @Test
  void takeBucketsOfOneMomentForTwoIfTheirNamesDiffer() {
    identities.recognise(MAIN, CREATED);
    identities.recognise("s3://copy/recordings-2", CREATED);
    identities.recognise("s3://main/recording", CREATED);
    identities.recognise(COPY, "created 2026-11-21T10:00:00.124Z");

    assertThat(isTaken(MAIN, CREATED)).isTrue();
    assertThat(identities.recorded("s3://copy/recordings-2")).contains(CREATED);
  }

  @Test
  void sayThatAnotherBucketInAPlaceIsKnownByAnotherName() {
    identities.recognise(MAIN, CREATED);
    identities.recognise(COPY, "created before");

    assertTwoNames(COPY, MAIN);
  }

  @RepeatedTest(10)
  void neverTakeBothNamesThoughWorkersComeTogether() throws Exception {
    var start = new CyclicBarrier(4);
    var taken = new TreeSet<String>();
    try (var workers = Executors.newFixedThreadPool(4)) {
      var answers = new ArrayList<Future<String>>();
      for (var place : List.of(MAIN, COPY, MAIN, COPY)) {
        answers.add(workers.submit(meets(place, start)));
      }
      for (var answer : answers) {
        taken.add(answer.get());
      }
    }
    taken.remove("");
    assertThat(taken).hasSizeLessThan(2);
    assertThat(
            jdbc.sql("select count(*) from store_identity where identity = ?")
                .param(CREATED)
                .query(Long.class)
                .single())
        .isOne();
    assertThat(isTaken(MAIN, CREATED) || isTaken(COPY, CREATED)).isFalse();
  }

  /** The place if it is taken for what it says it is, else nothing. */
  private Callable<String> meets(String place, CyclicBarrier start) {
    return () -> {
      start.await();
      return isTaken(place, CREATED) ? place : "";
    };
  }

  private boolean isTaken(String place, String identity) {
    try {
      identities.recognise(place, identity);
      return true;
    } catch (StoreUnavailableException refused) {
      return false;
    }
  }

  private void assertTwoNames(String place, String other) {
    assertThatThrownBy(() -> identities.recognise(place, CREATED))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(place + " and " + other + " are one place under two names");
  }
}
