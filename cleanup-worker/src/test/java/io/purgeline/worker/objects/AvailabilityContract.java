package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.StoreUnavailableException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A store that cannot be asked never looks like an empty one. */
interface AvailabilityContract extends StoreUnderTest {

  /** Takes the server away, does what is given, and brings it back with what it held. */
  void duringAnOutage(BiConsumer<ObjectStore, Bucket> calls);

  @Test
  default void aMissingBucketIsAnOutage() {
    var missing = new Bucket("missing-" + System.nanoTime(), "created never", false, false, false);
    assertThatThrownBy(() -> store().bucket(missing.name()))
        .isInstanceOf(StoreUnavailableException.class);
    assertEveryCallFails(store(), missing);
    assertEveryCallFails(store(), new Bucket(missing.name(), "created never", true, false, false));
  }

  @Test
  default void aWrongSecretIsAnOutage() {
    var bucket = store().bucket(fixture().newBucket());
    try (var stranger = StoreUnderTest.connect(access().withSecret("some-other-secret"))) {
      assertThatThrownBy(() -> stranger.bucket(bucket.name()))
          .isInstanceOf(StoreUnavailableException.class);
      assertEveryCallFails(stranger, bucket);
    }
  }

  @Test
  default void aStoppedServerIsAnOutage() {
    duringAnOutage((store, bucket) -> {
      assertThatThrownBy(() -> store.bucket(bucket.name()))
          .isInstanceOf(StoreUnavailableException.class);
      assertEveryCallFails(store, bucket);
    });
  }

  @Test
  default void theIdentityOfABucketStaysAndTellsItFromOthers() {
    var name = fixture().newBucket();
    assertThat(store().bucket(name)).isEqualTo(store().bucket(name));
    assertThat(store().bucket(name).identity()).isNotBlank();
  }

  private static void assertEveryCallFails(ObjectStore store, Bucket bucket) {
    var entry = new ObjectEntry(PREFIX + "a", null, 1, false);
    var alone = new ObjectEntry(PREFIX + "a\u0001", null, 1, false);
    assertThatThrownBy(() -> store.list(bucket, PREFIX, null))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.delete(bucket, List.of(entry)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.delete(bucket, List.of(alone)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.uploads(bucket, PREFIX))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.abort(bucket, new Upload(PREFIX + "a", "some-upload")))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
