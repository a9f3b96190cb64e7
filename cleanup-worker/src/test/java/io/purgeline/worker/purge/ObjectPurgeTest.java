package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.RETAINED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.minio.messages.RetentionMode;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.PurgedCounters;
import io.purgeline.worker.testing.Stores;
import io.purgeline.worker.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a purge of objects removes, keeps and counts. */
class ObjectPurgeTest extends OnPipeline {

  @Test
  void purgesEveryObjectWithItsRegisteredRow() {
    var keys = pipeline().fill(pipeline().bucket(), prefix(), 2_500, 32);

    var deletion = pipeline().dataset().at(uri()).registered(keys, 32).commit();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(2_500));
    assertThat(task.bytes()).isEqualTo(Tally.purged(2_500 * 32));
    assertThat(task.attempts()).isZero();
    assertThat(pipeline().objects().listVersions(pipeline().bucket(), prefix())).isEmpty();
    assertThat(deletion.samples()).isZero();
  }

  @Test
  void countsRegisteredKeysWithoutObjectAsAlreadyAbsent() {
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix(), 20, 10);
    var registered = new ArrayList<>(keys);
    registered.addAll(List.of(prefix() + "gone-1", prefix() + "gone-2"));

    var deletion = pipeline().dataset().at(uri()).registered(registered, 10).commit();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(new Tally(22, 20, 2, 0, 0));
    assertThat(task.bytes()).isEqualTo(new Tally(220, 200, 20, 0, 0));
    assertThat(deletion.samples()).isZero();
  }

  @Test
  void purgesObjectsThatNobodyRegistered() {
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 25, 4);
    pipeline()
        .objects()
        .put(pipeline().bucket(), prefix() + "deep/er/odd + name%2F\n.npy", bytes(6));

    var task = pipeline().dataset().at(uri()).commit().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(26));
    assertThat(task.bytes()).isEqualTo(Tally.purged(106));
  }

  @Test
  void neverCallsAPrefixPurgedThatAnotherKeyHides() {
    var bucket = pipeline().bucket();
    var shadow = prefix().substring(0, prefix().length() - 1);
    var keys = pipeline().objects().putMany(bucket, prefix(), 5, 10);
    pipeline().objects().put(bucket, shadow, bytes(3));

    var deletion = pipeline().dataset().at(uri()).registered(keys, 10).commit();

    var dead = deletion.await(DEAD);
    assertThat(dead.objects().purged() + dead.objects().alreadyAbsent()).isZero();
    assertThat(deletion.failures()).anyMatch(failure -> failure.contains("ShadowedPrefix"));
    assertThat(pipeline().objects().contents(bucket, shadow)).containsKey(shadow);
    pipeline().objects().delete(bucket, shadow);
    assertThat(pipeline().objects().listVersions(bucket, prefix())).hasSize(5);
  }

  @Test
  void succeedsWhereNothingIs() {
    var task = pipeline().dataset().at(uri()).commit().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(0));
  }

  @Test
  void purgesEveryVersionAndDeleteMarker() {
    var bucket = pipeline().versionedBucket();
    pipeline().objects().putVersions(bucket, prefix() + "often", 30, 10);
    pipeline().objects().put(bucket, prefix() + "deleted", bytes(5));
    pipeline().objects().delete(bucket, prefix() + "deleted");

    var task = pipeline().dataset().at(uri(bucket)).commit().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(32));
    assertThat(task.bytes()).isEqualTo(Tally.purged(305));
    assertThat(pipeline().objects().listVersions(bucket, prefix())).isEmpty();
  }

  @Test
  void keepsLockedVersionsUntilTheirDateAndPurgesThemThen() {
    var bucket = pipeline().lockedBucket();
    pipeline().objects().putMany(bucket, prefix(), 3, 10);
    var version = pipeline().objects().put(bucket, prefix() + "locked", bytes(7));
    var until = Instant.now().plusSeconds(45).truncatedTo(ChronoUnit.SECONDS);
    var key = prefix() + "locked";
    pipeline().objects().retain(bucket, key, version, RetentionMode.GOVERNANCE, until);

    var registered = List.of(key, prefix() + "a-gone", prefix() + "z-gone");
    var deletion = pipeline().dataset().at(uri(bucket)).registered(registered, 7).commit();

    var retained = deletion.await(RETAINED);
    assertThat(retained.objects()).isEqualTo(new Tally(6, 3, 2, 1, 0));
    assertThat(retained.bytes()).isEqualTo(new Tally(51, 30, 14, 7, 0));
    assertThat(deletion.samples()).isOne();
    assertThat(Objects.requireNonNull(retained.nextAttemptAt()))
        .isBetween(until, until.plus(Duration.ofMinutes(1)));
    assertThat(deletion.await(PURGED).objects()).isEqualTo(new Tally(6, 4, 2, 0, 0));
    assertThat(deletion.samples()).isZero();
    assertThat(deletion.deadLetters()).isEmpty();
  }

  @Test
  void abortsAnIncompleteUpload() {
    var bucket = pipeline().bucket();
    pipeline().objects().startUpload(bucket, prefix() + "half");
    assertThat(uploads(bucket)).isOne();

    pipeline().dataset().at(uri()).commit().await(PURGED);

    assertThat(uploads(bucket)).isZero();
  }

  @Test
  void isPurgedOnlyWhenEveryTaskIs() {
    pipeline().objects().putMany(pipeline().bucket(), prefix() + "a/", 10, 1);
    var denied = prefix() + Pipeline.DENIED + "/x";
    pipeline().objects().put(pipeline().bucket(), denied, bytes(1));

    var deletion = pipeline().dataset().at(uri() + "a/").at(uri() + "b/").commit();

    deletion.await(PURGED);
    assertThat(deletion.tasks())
        .extracting(task -> task.objects().purged())
        .containsExactly(10L, 0L);
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix()))
        .containsOnlyKeys(denied);
  }

  @Test
  void removesTheRowsOfADatasetWithoutStorage() {
    var live = UUID.randomUUID();
    pipeline()
        .records()
        .change(
            "insert into sample select ?, null, i, 'rx', null, 0 from generate_series(1, 7) i",
            live);

    var deletion = pipeline().dataset().withRowsOnly(12_345).commit();

    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(0));
    assertThat(deletion.samples()).isZero();
    assertThat(samples(live)).as("of another dataset without storage").isEqualTo(7);
  }

  @Test
  void leavesTheSameKeysOfAnotherDatasetInAnotherBucketRegistered() {
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix(), 20, 10);
    var registered = Stream.concat(keys.stream(), Stream.of(prefix() + "gone")).toList();
    pipeline().objects().putMany(pipeline().otherBucket(), prefix(), 20, 10);
    var live = UUID.randomUUID();
    pipeline()
        .records()
        .change(
            """
            insert into sample select ?, ?, i, 'rx', k, 10
            from unnest(?::text[]) with ordinality as u (k, i)
            """,
            live,
            UUID.randomUUID(),
            registered.toArray(String[]::new));

    var deletion = pipeline().dataset().at(uri()).registered(registered, 10).commit();

    assertThat(deletion.await(PURGED).objects()).isEqualTo(new Tally(21, 20, 1, 0, 0));
    assertThat(deletion.samples()).isZero();
    assertThat(samples(live)).isEqualTo(21);
    assertThat(pipeline().objects().contents(pipeline().otherBucket(), prefix())).hasSize(20);
  }

  private long samples(UUID dataset) {
    return pipeline().records().number("select count(*) from sample where dataset_id = ?", dataset);
  }

  @Test
  void givesThePlaceBackOnlyWhenItIsEmpty() {
    pipeline().objects().put(pipeline().bucket(), deniedKey("x"), bytes(1));
    var dead = pipeline().dataset().at(uri() + Pipeline.DENIED + "/").commit();
    var purged = pipeline().dataset().at(uri() + "fine/").commit();

    dead.await(DEAD);
    purged.await(PURGED);

    var reserved = "select count(*) from storage_location where deletion_id = ?";
    assertThat(pipeline().records().number(reserved, dead.id())).isOne();
    assertThat(pipeline().records().number(reserved, purged.id())).isZero();
  }

  @Test
  void isDeadAfterTheLastAttemptAndListsWhatFailed() {
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 40, 3);
    pipeline().objects().put(pipeline().bucket(), deniedKey("one"), bytes(10));
    pipeline().objects().put(pipeline().bucket(), deniedKey("two"), bytes(20));
    var before = PurgedCounters.of(pipeline(), "objects.main");

    var deletion = pipeline().dataset().at(uri()).commit();

    var task = deletion.await(DEAD);
    assertThat(task.attempts()).isEqualTo(3);
    assertThat(task.objects()).isEqualTo(new Tally(42, 40, 0, 0, 2));
    assertThat(task.bytes()).isEqualTo(new Tally(150, 120, 0, 0, 30));
    assertThat(before.increase()).isEqualTo(new PurgedCounters.Increase(40, 120));
    assertThat(task.errorClass()).isEqualTo("ITEM");
    assertThat(deletion.failures())
        .containsExactly("AccessDenied " + deniedKey("one"), "AccessDenied " + deniedKey("two"));
    assertThat(deletion.deadLetters()).containsExactly("ITEM 3");
    patiently()
        .untilAsserted(() -> assertThat(facts(deletion.id())).contains("deletion.finish DEAD"));
  }

  private int uploads(String bucket) {
    var access = pipeline().servers().minio().access();
    try (var store = Stores.connect(access)) {
      return store.uploads(store.bucket(bucket), prefix()).found().size();
    }
  }

  private List<String> facts(UUID deletion) {
    return pipeline()
        .records()
        .texts("select act || ' ' || outcome from audit_entry where deletion_id = ?", deletion);
  }

  private String deniedKey(String name) {
    return prefix() + Pipeline.DENIED + "/" + name;
  }

  private static byte[] bytes(int count) {
    return new byte[count];
  }
}
