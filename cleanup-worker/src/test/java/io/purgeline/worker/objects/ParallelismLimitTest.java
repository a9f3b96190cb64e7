package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelismLimitTest {

  private static final int MAX = 64;
  private static final int SETTLING = 10;
  private static final int MEASURED = 40;
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10, 20})
  void settlesAtWhatTheStoreTakes(int taken) {
    var minio = MinioServer.shared();
    var limit = new ParallelismLimit(MAX);
    try (var fixture = new S3Fixture(minio.access());
        var proxy = new FaultyProxy(minio.endpoint());
        var store =
            MinioObjectStore.connect(
                new ObjectEndpoint(
                    "main",
                    proxy.endpoint(),
                    minio.accessKey(),
                    minio.secretKey(),
                    "us-east-1",
                    MAX,
                    Duration.ofMinutes(1),
                    false))) {
      var bucket = store.bucket(fixture.newBucket());
      var seen = new ArrayList<Integer>();
      for (int round = 0; round < SETTLING + MEASURED; round++) {
        var requests = limit.current();
        seen.add(requests);
        proxy.inject(refusingAbove(taken, requests));
        ask(limit, store, bucket, requests);
      }

      var mean = seen.stream().skip(SETTLING).mapToInt(each -> each).average().orElseThrow();
      assertThat(mean).isCloseTo(taken, within(Math.max(0.5, 0.1 * taken)));
    }
  }

  @Test
  void staysAtTheMaximumWhereNothingIsRefused() {
    var limit = new ParallelismLimit(5);
    for (int i = 0; i < 100; i++) {
      answer(limit);
    }
    assertThat(limit.current()).isEqualTo(5);
  }

  @Test
  void neverFallsBelowOneAndRisesAgain() {
    var limit = new ParallelismLimit(8);
    for (int i = 0; i < 100; i++) {
      try (var turn = limit.acquire()) {
        turn.throttled();
      }
    }
    assertThat(limit.current()).isEqualTo(1);
    for (int i = 0; i < 200; i++) {
      answerRound(limit);
    }
    assertThat(limit.current()).isEqualTo(8);
  }

  @Test
  void aTurnThatEndsInAnotherErrorGivesItsPlaceBack() throws InterruptedException {
    var limit = new ParallelismLimit(1);
    limit.acquire().close();
    var second = Thread.ofVirtual().start(() -> answer(limit));
    assertThat(second.join(Duration.ofSeconds(10))).isTrue();
    assertThat(limit.current()).isEqualTo(1);
  }

  /** As many requests at a time as the limit allows. */
  private static void answerRound(ParallelismLimit limit) {
    var turns = Stream.generate(limit::acquire).limit(limit.current()).toList();
    turns.forEach(ParallelismLimit.Turn::succeeded);
    turns.forEach(ParallelismLimit.Turn::close);
  }

  private static void answer(ParallelismLimit limit) {
    try (var turn = limit.acquire()) {
      turn.succeeded();
    }
  }

  /** Sends that many requests at once, as many as the limit allows. */
  private static void ask(ParallelismLimit limit, ObjectStore store, Bucket bucket, int requests) {
    var answered = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        executor.execute(() -> {
          askOnce(limit, store, bucket);
          answered.incrementAndGet();
        });
      }
    }
    assertThat(answered).hasValue(requests);
  }

  private static void askOnce(ParallelismLimit limit, ObjectStore store, Bucket bucket) {
    try (var turn = limit.acquire()) {
      try {
        store.list(bucket, StoreUnderTest.PREFIX, null);
        turn.succeeded();
      } catch (StoreUnavailableException e) {
        assertThat(e.isThrottled()).isTrue();
        turn.throttled();
      }
    }
  }

  /** Serves this many at a time, none before all that come at once are there, and no others. */
  private static Fault refusingAbove(int parallel, int atOnce) {
    var room = new Semaphore(parallel);
    var there = new CountDownLatch(atOnce);
    return (exchange, store) -> {
      there.countDown();
      if (!room.tryAcquire()) {
        Answer.xml(503, SLOW_DOWN).sendTo(exchange);
        return;
      }
      try {
        there.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      store.ask().sendTo(exchange);
    };
  }
}
