package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.objects.Fault;
import io.purgeline.worker.objects.FaultyProxy;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A worker looks at every place before it purges anything; one that never answers is no reason. */
class HangingStoreTest {

  @AutoClose private final Pipeline pipeline = Pipeline.on(Servers.shared());

  @AutoClose
  private final FaultyProxy proxy = new FaultyProxy(pipeline.servers().minio().endpoint());

  private final LiveNeighbours neighbours = new LiveNeighbours(pipeline.objects());
  private final CountDownLatch answers = new CountDownLatch(1);

  @AfterEach
  void close() {
    answers.countDown();
    neighbours.assertUntouched();
  }

  @Test
  void holdsUpNoOtherWhenAWorkerStarts() {
    proxy.inject(Fault.silentUntil(answers));
    pipeline.start("object-stores.other.endpoint=" + proxy.endpoint(), "worker.request-timeout=3s");
    pipeline.objects().putMany(pipeline.bucket(), "run-1/", 3, 10);
    neighbours.settleBeside(pipeline.bucket(), "run-1/");

    var deletion = pipeline.dataset().at("s3://main/" + pipeline.bucket() + "/run-1/").commit();

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
    assertThat(proxy.requests()).as("the other store was asked").isPositive();
  }

  /** However long a request may take. */
  @Test
  void holdsUpNoWorkerThatStops() {
    var asked = new CountDownLatch(1);
    Fault hanging =
        (exchange, store) -> {
          asked.countDown();
          Fault.silentUntil(answers).answer(exchange, store);
        };
    proxy.inject(hanging.whereBodyHas("<Key>run-1/"));
    pipeline.start("object-stores.main.endpoint=" + proxy.endpoint(), "worker.request-timeout=5m");
    pipeline.objects().putMany(pipeline.bucket(), "run-1/", 3, 10);
    neighbours.settleBeside(pipeline.bucket(), "run-1/");
    var deletion = pipeline.dataset().at("s3://main/" + pipeline.bucket() + "/run-1/").commit();
    patiently().until(() -> asked.getCount() == 0);

    pipeline.stopInTime();

    assertThat(deletion.assertHandedBack().errorClass()).isNull();
  }
}
