package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.objects.DeleteOutcome.Removed;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a batch removes, what it leaves, and what it says about each entry. */
interface DeletionContract extends StoreUnderTest {

  @Test
  default void removesWhatItHasWritten() {
    var bucket = store().bucket(fixture().newBucket());
    store().put(bucket, PREFIX + "own", new byte[] {1, 2, 3});
    var listed = store().list(bucket, PREFIX, null).entries();
    assertThat(listed).singleElement().satisfies(entry -> assertThat(entry.size()).isEqualTo(3));

    store().delete(bucket, listed);

    assertThat(store().list(bucket, PREFIX, null).entries()).isEmpty();
  }

  @Test
  default void removesMoreThanOneBatchAndNothingElse() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putMany(bucket, PREFIX, 2_100, 5);

    assertThat(purge(bucket)).hasSize(2_100).containsOnly(new Removed());

    assertThat(fixture().contents(bucket, PREFIX)).isEmpty();
    assertThat(listAll(bucket)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void removesTheKeyThatEqualsThePrefix() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().put(bucket, PREFIX, new byte[0]);
    fixture().put(bucket, PREFIX + "a", new byte[1]);

    assertThat(purge(bucket)).containsExactly(new Removed(), new Removed());

    assertThat(fixture().contents(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void removesKeysOfAnyName() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    Keys.unusual().forEach(key -> fixture().put(bucket, key, new byte[1]));

    assertThat(purge(bucket)).hasSize(Keys.unusual().size()).containsOnly(new Removed());

    assertThat(fixture().contents(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void everyUnusualKeyRemovesItselfOnly() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    Keys.unusual().forEach(key -> fixture().put(bucket, key, new byte[1]));
    var left = fixture().contents(bucket, PREFIX);
    for (var key : Keys.unusual()) {
      assertThat(delete(bucket, entry(key))).containsExactly(new Removed());
      left.remove(key);
      assertThat(fixture().contents(bucket, PREFIX)).as(key).isEqualTo(left);
    }
    neighbours.assertUntouched();
  }

  @Test
  default void aCarriageReturnDoesNotRemoveTheKeyWithALineFeed() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().put(bucket, PREFIX + "a\rb", new byte[1]);
    fixture().put(bucket, PREFIX + "a\nb", new byte[1]);

    assertThat(delete(bucket, entry(PREFIX + "a\rb"))).containsExactly(new Removed());

    assertThat(fixture().contents(bucket, PREFIX)).containsOnlyKeys(PREFIX + "a\nb");
    neighbours.assertUntouched();
  }

  @Test
  default void oneControlCharacterDoesNotSpoilTheBatch() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putMany(bucket, PREFIX, 200, 1);
    fixture().put(bucket, PREFIX + "a\u0001b", new byte[1]);

    assertThat(purge(bucket)).hasSize(201).containsOnly(new Removed());

    assertThat(fixture().contents(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void whatIsAlreadyGoneCountsAsRemoved() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().put(bucket, PREFIX + "b", new byte[1]);

    var outcomes = delete(bucket, entry(PREFIX + "a"), entry(PREFIX + "b"), entry(PREFIX + "c\t"));

    assertThat(outcomes).containsExactly(new Removed(), new Removed(), new Removed());
    neighbours.assertUntouched();
  }

  @Test
  default void anEntryGivenTwiceIsAnsweredTwice() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    fixture().putMany(bucket, PREFIX, 2, 1);
    var listed = listAll(bucket);

    var twice = Stream.concat(listed.stream(), listed.stream()).toArray(ObjectEntry[]::new);

    assertThat(delete(bucket, twice)).hasSize(4).containsOnly(new Removed());
    assertThat(fixture().contents(bucket, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  default void refusesABatchOfNoneAndOneTooLarge() {
    var bucket = store().bucket(fixture().newBucket());
    var tooMany = Collections.nCopies(ObjectStore.BATCH_LIMIT + 1, entry(PREFIX + "a"));
    assertThatThrownBy(() -> store().delete(bucket, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().delete(bucket, tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<DeleteOutcome> delete(String bucket, ObjectEntry... entries) {
    return store().delete(store().bucket(bucket), List.of(entries));
  }

  private static ObjectEntry entry(String key) {
    return new ObjectEntry(key, null, 1, false);
  }
}
