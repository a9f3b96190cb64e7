package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listing shows, in which order, and how it goes on. */
interface ListingContract extends StoreUnderTest {

  String SHADOW = PREFIX.substring(0, PREFIX.length() - 1);
  String REPLACEMENT = PREFIX + "\uFFFD";
  String EMOJI = PREFIX + "\uD83D\uDE00";

  @Test
  default void listsMoreThanOnePageOfKeys() {
    var bucket = fixture().newBucket();
    Neighbours.of(fixture(), bucket);
    var stored = fixture().putMany(bucket, PREFIX, 2_345, 7);

    var pages = pages(bucket);

    assertThat(pages).hasSize(3).allMatch(page -> page.entries().size() <= ObjectStore.BATCH_LIMIT);
    assertThat(listKeys(bucket)).isEqualTo(stored);
    assertThat(pages.getFirst().entries()).allMatch(e -> e.size() == 7 && e.versionId() == null);
  }

  @Test
  default void listsNothingWhereNothingIs() {
    var bucket = fixture().newBucket();
    Neighbours.of(fixture(), bucket);
    assertThat(pages(bucket)).containsExactly(new Page(List.of(), null));
  }

  @Test
  default void listsTheKeyThatEqualsThePrefix() {
    var bucket = fixture().newBucket();
    fixture().put(bucket, PREFIX, new byte[0]);
    fixture().put(bucket, PREFIX + "a", new byte[1]);
    assertThat(listKeys(bucket)).containsExactly(PREFIX, PREFIX + "a");
  }

  @Test
  default void tellsThatAKeyShadowsThePrefix() {
    var bucket = fixture().newBucket();
    fixture().put(bucket, SHADOW, new byte[1]);
    fixture().put(bucket, PREFIX + "a", new byte[1]);
    assertThat(store().isShadowed(store().bucket(bucket), PREFIX)).isTrue();
  }

  @Test
  default void tellsThatADeletedKeyShadowsThePrefix() {
    var bucket = fixture().newVersionedBucket();
    fixture().put(bucket, SHADOW, new byte[1]);
    fixture().delete(bucket, SHADOW);
    assertThat(store().isShadowed(store().bucket(bucket), PREFIX)).isTrue();
  }

  @Test
  default void takesNoNeighbourForAShadow() {
    var bucket = fixture().newBucket();
    Neighbours.of(fixture(), bucket);
    fixture().put(bucket, PREFIX + "a", new byte[1]);
    assertThat(store().isShadowed(store().bucket(bucket), PREFIX)).isFalse();
  }

  @Test
  default void leavesOutThePrefixThatBeginsAlike() {
    var bucket = fixture().newBucket();
    fixture().put(bucket, "run-10/a", new byte[1]);
    fixture().put(bucket, PREFIX + "a", new byte[1]);
    assertThat(listKeys(bucket)).containsExactly(PREFIX + "a");
  }

  @Test
  default void namesComeBackExactlyAsStored() {
    var bucket = fixture().newBucket();
    Keys.unusual().forEach(key -> fixture().put(bucket, key, new byte[1]));
    assertThat(listKeys(bucket)).containsExactlyInAnyOrderElementsOf(Keys.unusual());
  }

  @Test
  default void namesComeBackExactlyAsStoredWithVersionsToo() {
    var bucket = fixture().newVersionedBucket();
    Keys.unusual().forEach(key -> fixture().put(bucket, key, new byte[1]));
    assertThat(listKeys(bucket)).containsExactlyInAnyOrderElementsOf(Keys.unusual());
  }

  @Test
  default void theOrderIsThatOfUtf8BytesAcrossPages() {
    var bucket = fixture().newBucket();
    var stored = twoKeysAtThePageBoundary(bucket);
    assertThat(pages(bucket).getFirst().entries().getLast().key()).isEqualTo(REPLACEMENT);
    assertThat(listKeys(bucket)).isEqualTo(stored);
  }

  @Test
  default void theOrderIsThatOfUtf8BytesAcrossPagesOfVersions() {
    var bucket = fixture().newVersionedBucket();
    var stored = twoKeysAtThePageBoundary(bucket);
    assertThat(pages(bucket).getFirst().entries().getLast().key()).isEqualTo(REPLACEMENT);
    assertThat(listKeys(bucket)).isEqualTo(stored);
  }

  @Test
  default void resumesAfterASavedKeyByUtf8Order() {
    for (var bucket : List.of(fixture().newBucket(), fixture().newVersionedBucket())) {
      fixture().put(bucket, REPLACEMENT, new byte[1]);
      fixture().put(bucket, EMOJI, new byte[1]);
      assertThat(listKeys(bucket)).containsExactly(REPLACEMENT, EMOJI);
      var rest = pages(bucket, Position.afterKey(REPLACEMENT)).getFirst().entries();
      assertThat(rest).extracting(ObjectEntry::key).containsExactly(EMOJI);
    }
  }

  @Test
  default void resumesAfterASavedKey() {
    var bucket = fixture().newBucket();
    var stored = fixture().putMany(bucket, PREFIX, 2_300, 1);
    var pages = pages(bucket, Position.afterKey(stored.get(99)));
    assertThat(pages.stream().flatMap(page -> page.entries().stream()).map(ObjectEntry::key))
        .isEqualTo(stored.subList(100, 2_300));
  }

  @Test
  default void pagesGoOnBehindUnusualNames() {
    for (var bucket : List.of(fixture().newBucket(), fixture().newVersionedBucket())) {
      // The last key of the first page needs encoding; the marker for the next page must not.
      var stored = fixture().putMany(bucket, PREFIX + "a b+%2F&é/", 1_010, 1);
      assertThat(listKeys(bucket)).isEqualTo(stored);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run-1", "run-1/x"})
  default void refusesAPrefixThatDoesNotEndInASlash(String prefix) {
    var bucket = store().bucket(fixture().newBucket());
    assertThatThrownBy(() -> store().list(bucket, prefix, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().uploads(bucket, prefix))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> twoKeysAtThePageBoundary(String bucket) {
    var keys = new ArrayList<>(fixture().putMany(bucket, PREFIX, 999, 1));
    for (var key : List.of(EMOJI, REPLACEMENT)) {
      fixture().put(bucket, key, new byte[1]);
      keys.add(key);
    }
    keys.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    return keys;
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
