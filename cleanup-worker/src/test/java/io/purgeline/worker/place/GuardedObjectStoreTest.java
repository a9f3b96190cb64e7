package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.outbox.TraceContext;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.Fault;
import io.purgeline.worker.objects.FaultyProxy;
import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.purge.GoAhead;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A configured store, connected as a worker does it, that takes only so much. */
class GuardedObjectStoreTest {

  private static final int MAX = 64;
  private static final int SETTLING = 10;
  private static final int MEASURED = 40;

  private static final Fault SLOW_DOWN =
      Fault.always(
          503, "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>");
  private static final List<ObjectEntry> ENTRIES =
      List.of(new ObjectEntry("run-1/a", null, 1, false));

  private final MinioServer minio = MinioServer.shared();
  @AutoClose private final S3Fixture fixture = new S3Fixture(minio.access());
  @AutoClose private final FaultyProxy proxy = new FaultyProxy(minio.endpoint());
  @AutoClose private final ConnectedPlaces places = connect(0);

  private final ObjectStoreAccess access = Objects.requireNonNull(places.stores().get("main"));
  private final GuardedObjectStore store = new GuardedObjectStore(access, GoAhead.UNLIMITED);
  private final Bucket bucket = store.bucket(fixture.newBucket());

  /** Each call is made once here, so that a round is one. */
  private ConnectedPlaces connect(int objectsPerSecond) {
    var store = "purgeline.object-stores.main.";
    var properties =
        Map.of(
            "purgeline.purge.concurrency",
            String.valueOf(MAX),
            "purgeline.purge.max-objects-per-second",
            String.valueOf(objectsPerSecond),
            store + "endpoint",
            proxy.endpoint().toString(),
            store + "access-key",
            minio.accessKey(),
            store + "secret-key",
            minio.secretKey());
    return new PlaceConfiguration()
        .connectedPlaces(
            new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("purgeline", PurgelineProperties.class),
            RetryRegistry.of(RetryConfig.custom().maxAttempts(1).build()),
            TraceContext.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10, 20})
  void settlesAtWhatTheStoreTakes(int taken) {
    var seen = new ArrayList<Integer>();
    for (int round = 0; round < SETTLING + MEASURED; round++) {
      var requests = access.limit().current();
      seen.add(requests);
      proxy.inject(refusingAbove(taken, requests));
      ask(requests);
    }

    var mean = seen.stream().skip(SETTLING).mapToInt(each -> each).average().orElseThrow();
    assertThat(mean).isCloseTo(taken, within(Math.max(0.5, 0.1 * taken)));
  }

  @Test
  @Timeout(60)
  void givesBackTheTurnOfABatchThatIsNeverSent() {
    try (var slow = connect(1)) {
      var slowly = Objects.requireNonNull(slow.stores().get("main"));
      var stopped = new GuardedObjectStore(slowly, new Stopped());
      var many = Collections.nCopies(1_000, ENTRIES.getFirst());
      assertThatThrownBy(() -> stopped.delete(bucket, many)).hasMessage("stopped");

      new GuardedObjectStore(slowly, GoAhead.UNLIMITED).delete(bucket, ENTRIES);
    }
  }

  /** Purging stops between its turn and its request. */
  private static final class Stopped implements GoAhead {
    @Override
    public void requireGoingOn() {
      throw new IllegalStateException("stopped");
    }

    @Override
    public void requireTime() {}

    @Override
    public void unanswered() {}
  }

  /** Sends that many requests at once, as many as the limit allows. */
  private void ask(int requests) {
    var answered = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        executor.execute(() -> {
          askOnce();
          answered.incrementAndGet();
        });
      }
    }
    assertThat(answered).hasValue(requests);
  }

  private void askOnce() {
    try {
      store.delete(bucket, ENTRIES);
    } catch (StoreUnavailableException e) {
      assertThat(e.isThrottled()).isTrue();
    }
  }

  /** Serves this many at a time, none before all that come at once are there, and no others. */
  private static Fault refusingAbove(int parallel, int atOnce) {
    var room = new Semaphore(parallel);
    var there = new CountDownLatch(atOnce);
    return (exchange, store) -> {
      there.countDown();
      if (!room.tryAcquire()) {
        SLOW_DOWN.answer(exchange, store);
        return;
      }
      try {
        there.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      Fault.NONE.answer(exchange, store);
    };
  }
}
