package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.store.RefusedException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who may not delete everything. MinIO only: S3Proxy has one user who may do all. */
class DeniedObjectsTest {

  private static final String PREFIX = StoreUnderTest.PREFIX;

  private final MinioServer minio = MinioServer.shared();
  private final S3Fixture fixture = new S3Fixture(minio.access());
  private String bucket;

  @BeforeEach
  void fill() {
    bucket = fixture.newBucket();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatIsDeniedIsReportedAndDoesNotStopTheRest() {
    var neighbours = Neighbours.of(fixture, bucket);
    fixture.putMany(bucket, PREFIX, 50, 1);
    fixture.putMany(bucket, PREFIX + "denied/", 3, 9);
    fixture.put(bucket, PREFIX + "denied/\u0001", new byte[9]);
    fixture.putMany(bucket, PREFIX + "late/", 50, 1);
    var kept = fixture.contents(bucket, PREFIX + "denied/");

    try (var store = restricted("s3:DeleteObject", bucket + "/" + PREFIX + "denied/*")) {
      var entries = store.list(store.bucket(bucket), PREFIX, null).entries();
      var outcomes = store.delete(store.bucket(bucket), entries);
      for (int i : IntStream.range(0, entries.size()).toArray()) {
        if (entries.get(i).key().contains("denied")) {
          assertDenied(outcomes.get(i), entries.get(i));
        } else {
          assertThat(outcomes.get(i)).isEqualTo(new Removed());
        }
      }
      assertThat(outcomes).hasSize(104);
    }
    assertThat(fixture.contents(bucket, PREFIX)).hasSize(4).isEqualTo(kept);
    neighbours.assertUntouched();
  }

  @Test
  void aDeniedListingIsRefusedAndNotEmpty() {
    fixture.putMany(bucket, PREFIX, 2, 1);
    try (var store = restricted("s3:ListBucket", bucket)) {
      var plain = new Bucket(bucket, "created then", false, false, false);
      assertThatThrownBy(() -> store.list(plain, PREFIX, null))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void whoMayNotReadStillSeesWhatHidesThePrefix() {
    fixture.put(bucket, PREFIX + "a", new byte[1]);
    try (var store = restricted("s3:GetObject", bucket + "/*")) {
      var plain = store.bucket(bucket);
      assertThat(store.isShadowed(plain, PREFIX)).isFalse();
      fixture.put(bucket, ListingContract.SHADOW, new byte[1]);
      assertThat(store.isShadowed(plain, PREFIX)).isTrue();
    }
  }

  @Test
  void whoMayNotAskForVersioningStillSeesAndRemovesWhatIsHidden() {
    var versioned = fixture.newVersionedBucket();
    var neighbours = Neighbours.of(fixture, versioned);
    fixture.putVersions(versioned, PREFIX + "a", 2, 5);
    fixture.delete(versioned, PREFIX + "a");
    assertThat(fixture.contents(versioned, PREFIX)).as("what is not hidden").isEmpty();

    try (var store = restricted("s3:GetBucketVersioning", versioned)) {
      var found = store.bucket(versioned);
      assertThat(found.versioned()).isTrue();
      var entries = store.list(found, PREFIX, null).entries();
      assertThat(store.delete(found, entries)).hasSize(3).containsOnly(new Removed());
    }
    assertThat(fixture.listVersions(versioned, PREFIX)).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  void whoMayNotAskForLocksHasToReckonWithThem() {
    var versioned = fixture.newVersionedBucket();
    try (var store = StoreUnderTest.connect(minio.access())) {
      assertThat(store.bucket(versioned).locked()).isFalse();
    }
    try (var store = restricted("s3:GetBucketObjectLockConfiguration", versioned)) {
      assertThat(store.bucket(versioned).locked()).isTrue();
    }
  }

  private static void assertDenied(DeleteOutcome outcome, ObjectEntry entry) {
    assertThat(outcome)
        .asInstanceOf(type(Failed.class))
        .extracting(Failed::failure)
        .matches(failure -> failure.code().equals("AccessDenied"))
        .matches(failure -> failure.bytes() == 9)
        .matches(failure -> failure.what().equals(entry.key().replace("\u0001", "\\x01")));
  }

  /** May do all but this. */
  private ObjectStore restricted(String action, String resource) {
    var policy =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::*"]},
          {"Effect": "Deny", "Action": ["%s"], "Resource": ["arn:aws:s3:::%s"]}
        ]}\
        """
            .formatted(action, resource);
    return StoreUnderTest.connect(minio.restrictedAccess(policy));
  }
}
