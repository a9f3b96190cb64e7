package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelismLimitTest {

  private static final int MAX = 64;
  private static final int SETTLING = 500;
  private static final int MEASURED = 500;
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10, 20})
  void settlesAtWhatTheStoreTakes(int taken) throws Exception {
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
                    Duration.ofSeconds(20)))) {
      var bucket = store.bucket(fixture.newBucket());
      proxy.inject(refusingAbove(taken));
      ask(limit, store, bucket, SETTLING);
      var seen = ask(limit, store, bucket, MEASURED);

      var mean = seen.stream().mapToInt(Integer::intValue).average().orElseThrow();
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

  /** Sends that many requests and answers the limit as each of them saw it. */
  private static List<Integer> ask(
      ParallelismLimit limit, ObjectStore store, Bucket bucket, int requests) {
    var seen = new CopyOnWriteArrayList<Integer>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, requests)
          .forEach(_ -> executor.submit(() -> seen.add(askOnce(limit, store, bucket))));
    }
    assertThat(seen).hasSize(requests);
    return seen;
  }

  private static int askOnce(ParallelismLimit limit, ObjectStore store, Bucket bucket) {
    try (var turn = limit.acquire()) {
      try {
        store.list(bucket, StoreUnderTest.PREFIX, null);
        turn.succeeded();
      } catch (StoreUnavailableException e) {
        assertThat(e.isThrottled()).isTrue();
        turn.throttled();
      }
      return limit.current();
    }
  }

  /** Serves this many at a time, each for some milliseconds, and refuses the others at once. */
  private static Fault refusingAbove(int parallel) {
    var room = new Semaphore(parallel);
    var never = new Semaphore(0);
    return (exchange, store) -> {
      if (!room.tryAcquire()) {
        Answer.xml(503, SLOW_DOWN).sendTo(exchange);
        return;
      }
      Answer answer;
      try {
        assertThat(never.tryAcquire(5, TimeUnit.MILLISECONDS)).isFalse();
        answer = store.ask();
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        room.release(); // before the answer is read, so that the next request finds it free
      }
      answer.sendTo(exchange);
    };
  }
}
