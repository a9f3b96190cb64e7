package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.store.RefusedException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a prefix is never removed in one step, though its operator allows it. */
class PrefixRemovalTest {

  private static final String DENIED =
      "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";

  private final MinioServer minio = MinioServer.shared();
  @AutoClose private final S3Fixture fixture = new S3Fixture(minio.access());
  @AutoClose private final FaultyProxy proxy = new FaultyProxy(minio.endpoint());

  @AutoClose
  private final ObjectStore store =
      StoreUnderTest.connect(proxy.endpoint(), minio.access(), Duration.ofSeconds(30));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replication  | <ReplicationConfiguration><Role>r</Role><Rule><Status>Enabled</Status><Priority>1</Priority><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Filter><Prefix></Prefix></Filter><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule></ReplicationConfiguration>
          lifecycle    | <LifecycleConfiguration><Rule><ID>t</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Transition><Days>1</Days><StorageClass>COLD</StorageClass></Transition></Rule></LifecycleConfiguration>
          lifecycle    | <LifecycleConfiguration><Rule><ID>t</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><NoncurrentVersionTransition><NoncurrentDays>1</NoncurrentDays><StorageClass>COLD</StorageClass></NoncurrentVersionTransition></Rule></LifecycleConfiguration>
          notification | <NotificationConfiguration><QueueConfiguration><Id>1</Id><Queue>arn:minio:sqs::1:webhook</Queue><Event>s3:ObjectRemoved:*</Event></QueueConfiguration></NotificationConfiguration>
          notification | <NotificationConfiguration><TopicConfiguration><Id>1</Id><Topic>arn:aws:sns::1:t</Topic><Event>s3:ObjectRemoved:*</Event></TopicConfiguration></NotificationConfiguration>
          """)
  void leavesAloneWhatWouldBePassedOver(String query, String configuration) {
    var name = fixture.newBucket();
    assertThat(store.bucket(name).prefixRemoval()).isTrue();

    proxy.inject(Fault.always(200, configuration).where(raw -> raw.startsWith(query)));

    assertThat(store.bucket(name).prefixRemoval()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replication", "lifecycle", "notification"})
  void leavesAloneWhatItMayNotLookAt(String query) {
    var name = fixture.newBucket();
    proxy.inject(Fault.always(403, DENIED).where(raw -> raw.startsWith(query)));

    assertThat(store.bucket(name).prefixRemoval()).isFalse();
  }

  @Test
  void leavesLockedBucketsAlone() {
    assertThat(store.bucket(fixture.newLockedBucket()).prefixRemoval()).isFalse();
  }

  /** An expiry removes objects too; there is nothing to pass over. */
  @Test
  void isNotKeptFromItByAnExpiry() {
    var name = fixture.newBucket();
    var expiry =
        "<LifecycleConfiguration><Rule><ID>t</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
    proxy.inject(Fault.always(200, expiry).where(raw -> raw.startsWith("lifecycle")));

    assertThat(store.bucket(name).prefixRemoval()).isTrue();
  }

  @Test
  void isNotAskedForUnlessItIsAllowed() {
    var name = fixture.newBucket();
    var timeout = Duration.ofSeconds(30);
    try (var other = StoreUnderTest.connect(proxy.endpoint(), minio.access(), timeout, false)) {
      proxy.inject(Fault.NONE);
      assertThat(other.bucket(name).prefixRemoval()).isFalse();
      assertThat(proxy.requests()).as("versioning and the list of buckets").isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "400, XMinioAdminInvalidArgument", "501, NotImplemented"})
  void tellsThatAStoreDoesNotTakeIt(int status, String code) {
    var bucket = store.bucket(fixture.newBucket());
    fixture.put(bucket.name(), "run-1/a", new byte[1]);
    proxy.inject(Fault.always(status, "<Error><Code>" + code + "</Code></Error>"));

    assertThatThrownBy(() -> store.removePrefix(bucket, "run-1/"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(code);
  }
}
