package io.purgeline.worker.objects;

import io.purgeline.testing.S3Access;
import io.purgeline.testing.S3Fixture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What every object store does, whatever serves it. A server that cannot do a part of it overrides
 * that part and names the reason.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ObjectStoreContract
    implements ListingContract,
        DeletionContract,
        PrefixRemovalContract,
        VersionsContract,
        LocksContract,
        UploadsContract,
        AvailabilityContract {

  private S3Access access;
  private S3Fixture fixture;
  private ObjectStore store;

  abstract S3Access startServer();

  /** A server of the same kind that may be stopped. */
  abstract Stoppable ownServer();

  @BeforeAll
  void open() {
    access = startServer();
    fixture = new S3Fixture(access);
    store = StoreUnderTest.connect(access);
  }

  @AfterAll
  void close() {
    if (store != null) {
      store.close();
      fixture.close();
    }
  }

  @Override
  public S3Access access() {
    return access;
  }

  @Override
  public S3Fixture fixture() {
    return fixture;
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public void duringAnOutage(BiConsumer<ObjectStore, Bucket> calls) {
    try (var server = ownServer();
        var seed = new S3Fixture(server.access());
        var client = StoreUnderTest.connect(server.access())) {
      var bucket = client.bucket(seed.newBucket());
      server.stop();
      calls.accept(client, bucket);
    }
  }

  /** A server that a test takes away. */
  record Stoppable(S3Access access, Runnable stopping, AutoCloseable closing)
      implements AutoCloseable {

    void stop() {
      stopping.run();
    }

    @Override
    public void close() {
      try {
        closing.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
