package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.objects.DeleteOutcome.Removed;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buckets that keep what was overwritten and deleted. */
interface VersionsContract extends StoreUnderTest {

  @Test
  default void aBucketSaysWhetherItKeepsVersions() {
    var plain = fixture().newBucket();
    var suspended = fixture().newVersionedBucket();
    fixture().suspendVersioning(suspended);
    assertThat(store().bucket(plain).versioned()).isFalse();
    assertThat(store().bucket(fixture().newVersionedBucket()).versioned()).isTrue();
    assertThat(store().bucket(suspended).versioned()).isTrue();
    assertThat(store().bucket(plain).locked()).isFalse();
  }

  @Test
  default void removesEveryVersionAndDeleteMarker() {
    var bucket = fixture().newVersionedBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putVersions(bucket, PREFIX + "a", 3, 5);
    fixture().delete(bucket, PREFIX + "a");
    fixture().put(bucket, PREFIX + "b", new byte[2]);
    fixture().put(bucket, PREFIX + "c\rd", new byte[2]);
    fixture().delete(bucket, PREFIX + "c\rd");

    var listed = listAll(bucket);
    assertThat(listed).filteredOn(ObjectEntry::marker).hasSize(2).allMatch(e -> e.size() == 0);
    assertThat(listed).filteredOn(e -> !e.marker()).hasSize(5);
    assertThat(purge(bucket)).hasSize(7).containsOnly(new Removed());

    assertThat(fixture().listVersions(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void removesMoreVersionsOfOneKeyThanAPageHolds() {
    var bucket = fixture().newVersionedBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putVersions(bucket, PREFIX + "a b", 2_100, 3);
    fixture().put(bucket, PREFIX + "z", new byte[1]);

    var listed = listAll(bucket);
    assertThat(listed).hasSize(2_101);
    assertThat(new HashSet<>(listed)).hasSize(2_101);
    assertThat(purge(bucket)).hasSize(2_101).containsOnly(new Removed());

    assertThat(fixture().listVersions(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void aSavedKeyResumesBehindAllItsVersions() {
    var bucket = fixture().newVersionedBucket();
    fixture().putVersions(bucket, PREFIX + "a", 4, 1);
    fixture().putVersions(bucket, PREFIX + "b", 2, 1);
    var rest = pages(bucket, Position.afterKey(PREFIX + "a")).getFirst().entries();
    assertThat(rest).extracting(ObjectEntry::key).containsExactly(PREFIX + "b", PREFIX + "b");
  }

  @Test
  default void removesTheVersionThatIsNamedAndNoOther() {
    var bucket = fixture().newVersionedBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putVersions(bucket, PREFIX + "a", 3, 1);
    fixture().putVersions(bucket, PREFIX + "b\rc", 2, 1);
    var listed = listAll(bucket);
    var chosen = List.of(listed.get(1), listed.get(4));

    assertThat(store().delete(store().bucket(bucket), chosen))
        .containsExactly(new Removed(), new Removed());

    assertThat(listAll(bucket)).containsExactly(listed.get(0), listed.get(2), listed.get(3));
    neighbours.assertUntouched();
  }

  @Test
  default void removesWhatABucketHeldBeforeAndAfterItKeptVersions() {
    var bucket = fixture().newBucket();
    fixture().put(bucket, PREFIX + "a", new byte[1]);
    fixture().enableVersioning(bucket);
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().put(bucket, PREFIX + "a", new byte[2]);
    fixture().suspendVersioning(bucket);
    fixture().put(bucket, PREFIX + "c", new byte[3]);

    assertThat(purge(bucket)).hasSize(3).containsOnly(new Removed());

    assertThat(fixture().listVersions(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void aVersionThatIsAlreadyGoneCountsAsRemoved() {
    var bucket = fixture().newVersionedBucket();
    fixture().putVersions(bucket, PREFIX + "a", 2, 1);
    var listed = listAll(bucket);
    purge(bucket);
    assertThat(store().delete(store().bucket(bucket), listed))
        .containsExactly(new Removed(), new Removed());
  }
}
