package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket that is not, or not any more, what it was when its objects were listed. */
class ChangedBucketTest {

  private static final String PREFIX = StoreUnderTest.PREFIX;

  private final MinioServer minio = MinioServer.shared();
  private final S3Fixture fixture = new S3Fixture(minio.access());
  private final ObjectStore store = StoreUnderTest.connect(minio.access());
  private Bucket before;
  private Neighbours neighbours;

  @BeforeEach
  void fill() {
    before = store.bucket(fixture.newBucket());
    neighbours = Neighbours.of(fixture, before.name());
  }

  @AfterEach
  void close() {
    neighbours.assertUntouched();
    store.close();
    fixture.close();
  }

  @Test
  void anObjectThatIsOnlyHiddenBehindAMarkerIsNotRemoved() {
    fixture.put(before.name(), PREFIX + "a", new byte[3]);
    var entries = list(before, null).entries();
    fixture.enableVersioning(before.name());

    assertThatThrownBy(() -> store.delete(before, entries))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("begun to keep versions");
  }

  @Test
  void whatWasListedBeforeTheBucketKeptVersionsIsRemovedWithItsBytes() {
    fixture.put(before.name(), PREFIX + "a", new byte[3]);
    fixture.put(before.name(), PREFIX + "b\u0001", new byte[3]);
    var entries = list(before, null).entries();
    fixture.enableVersioning(before.name());

    assertThat(store.delete(store.bucket(before.name()), entries))
        .containsExactly(new Removed(), new Removed());
    assertThat(fixture.listVersions(before.name(), PREFIX)).isEmpty();
  }

  @Test
  void theSameVersionUnderTwoNamesIsSentOnce() {
    fixture.put(before.name(), PREFIX + "a", new byte[3]);
    fixture.enableVersioning(before.name());

    var entries =
        List.of(
            new ObjectEntry(PREFIX + "a", null, 3, false),
            new ObjectEntry(PREFIX + "a", "null", 3, false),
            new ObjectEntry(PREFIX + "a", "null", 9, false));

    assertThat(store.delete(store.bucket(before.name()), entries))
        .hasSize(3)
        .containsOnly(new Removed());
    assertThat(fixture.listVersions(before.name(), PREFIX)).isEmpty();
  }

  @Test
  void goingOnBehindAKeyThatIsGoneLeavesOutNoneOfThoseThatFollow() {
    fixture.putMany(before.name(), PREFIX, 3, 1);
    fixture.enableVersioning(before.name());
    var bucket = store.bucket(before.name());
    var first = list(bucket, null).entries().getFirst();
    assertThat(first.versionId()).isEqualTo("null");
    store.delete(bucket, List.of(first));

    var saved = new Position(first.key(), first.versionId(), null);

    assertThat(rest(bucket, saved)).containsExactly(PREFIX + "000001", PREFIX + "000002");
  }

  @Test
  void goingOnBehindTheVersionFromBeforeShowsTheOlderOnes() {
    fixture.enableVersioning(before.name());
    fixture.putVersions(before.name(), PREFIX + "a", 2, 1);
    fixture.suspendVersioning(before.name());
    fixture.put(before.name(), PREFIX + "a", new byte[1]);
    fixture.put(before.name(), PREFIX + "ab", new byte[1]);

    var saved = new Position(PREFIX + "a", "null", null);

    assertThat(rest(store.bucket(before.name()), saved))
        .containsExactly(PREFIX + "a", PREFIX + "a", PREFIX + "ab");
  }

  @Test
  void removesAllPagesOfNullVersionsWhileItLists() {
    fixture.putMany(before.name(), PREFIX, 2_100, 1);
    fixture.enableVersioning(before.name());
    var bucket = store.bucket(before.name());

    var removed = 0;
    Position position = null;
    do {
      var page = list(bucket, position);
      if (!page.entries().isEmpty()) {
        assertThat(store.delete(bucket, page.entries())).containsOnly(new Removed());
        removed += page.entries().size();
      }
      position = page.next();
    } while (position != null);

    assertThat(removed).isEqualTo(2_100);
    assertThat(fixture.listVersions(before.name(), PREFIX)).isEmpty();
  }

  @Test
  void refusesToGoOnFromAPlaceElsewhere() {
    fixture.putMany(before.name(), PREFIX, 3, 1);
    var elsewhere = Position.afterKey("run-0/z");
    assertThatThrownBy(() -> list(before, elsewhere)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> rest(Bucket bucket, @Nullable Position from) {
    var keys = new ArrayList<String>();
    var position = from;
    do {
      var page = list(bucket, position);
      page.entries().forEach(entry -> keys.add(entry.key()));
      position = page.next();
    } while (position != null);
    return keys;
  }

  private Page list(Bucket bucket, @Nullable Position after) {
    return store.list(bucket, PREFIX, after);
  }
}
