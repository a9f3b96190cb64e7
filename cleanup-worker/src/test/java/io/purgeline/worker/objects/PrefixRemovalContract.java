package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.RefusedException;
import org.junit.jupiter.api.Test;

/** What goes when a prefix is removed in one step, and what never does. */
interface PrefixRemovalContract extends StoreUnderTest {

  @Test
  default void removesAWholePrefixInOneStepAndNothingElse() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putMany(bucket, PREFIX, 1_100, 5);
    fixture().put(bucket, PREFIX + "deep/er/a b%2F\n.npy", new byte[1]);

    removePrefix(bucket);

    assertThat(listAll(bucket)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void removesAllVersionsOfAPrefixInOneStep() {
    var bucket = fixture().newVersionedBucket();
    fixture().putVersions(bucket, PREFIX + "often", 3, 5);
    fixture().put(bucket, PREFIX + "deleted", new byte[1]);
    fixture().delete(bucket, PREFIX + "deleted");
    fixture().putVersions(bucket, "run-10/often", 2, 5);

    removePrefix(bucket);

    assertThat(fixture().listVersions(bucket, PREFIX)).isEmpty();
    assertThat(fixture().listVersions(bucket, "run-10/")).hasSize(2);
  }

  /** It lies in the same folder. */
  @Test
  default void neverRemovesAKeyThatShadowsThePrefix() {
    var bucket = store().bucket(fixture().newBucket());
    fixture().put(bucket.name(), PREFIX + "a", new byte[1]);
    fixture().put(bucket.name(), "run-1", new byte[1]);

    assertThatThrownBy(() -> store().removePrefix(bucket, PREFIX, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ShadowedPrefix");

    assertThat(fixture().contents(bucket.name(), "run-1")).containsKey("run-1");
  }

  @Test
  default void succeedsInRemovingAPrefixThatIsNotThere() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);

    removePrefix(bucket);

    neighbours.assertUntouched();
  }

  @Test
  default void removesNoPrefixWhereThatIsNotAllowed() {
    var bucket = store().bucket(fixture().newBucket());
    assertThat(bucket.prefixRemoval()).isTrue();
    fixture().put(bucket.name(), PREFIX + "a", new byte[1]);
    var other =
        new Bucket(bucket.name(), bucket.identity(), bucket.versioned(), bucket.locked(), false);

    assertThatThrownBy(() -> store().removePrefix(other, PREFIX, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().removePrefix(bucket, "run-1", () -> {}))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(listKeys(bucket.name())).containsExactly(PREFIX + "a");
  }

  private void removePrefix(String bucket) {
    store().removePrefix(store().bucket(bucket), PREFIX, () -> {});
  }
}
