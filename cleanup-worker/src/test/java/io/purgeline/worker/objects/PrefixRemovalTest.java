package io.purgeline.worker.objects;

import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a prefix is never removed in one step, though its operator allows it. */
class PrefixRemovalTest {

  private static final String PREFIX = StoreUnderTest.PREFIX;
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
          notification | <NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>
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

  @ParameterizedTest
  @ValueSource(strings = {"replication", "lifecycle", "notification"})
  void leavesAloneWhatAnswersInAnUnexpectedWay(String query) {
    var name = fixture.newBucket();
    var unexpected = "<Error><Code>InvalidRequest</Code><Message>what?</Message></Error>";
    proxy.inject(Fault.always(400, unexpected).where(raw -> raw.startsWith(query)));

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
  @ValueSource(ints = {400, 403, 404, 501})
  void tellsThatAStoreDoesNotTakeIt(int status) {
    var bucket = filled();
    proxy.inject(removals(Fault.always(status, DENIED)));

    assertThatThrownBy(() -> store.removePrefix(bucket, PREFIX, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(String.valueOf(status));
  }

  /** MinIO would remove it on the others, and say nothing; the objects are back with the drives. */
  @ParameterizedTest
  @ValueSource(ints = {200, 302, 403, 503})
  void asksForNothingUnlessMinioSaysThatEnoughDrivesAreThere(int status) {
    var bucket = filled();
    proxy.inject(health(Fault.always(status, "<html/>")));

    assertThatThrownBy(() -> store.removePrefix(bucket, PREFIX, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NotEnoughDrives");

    assertThat(proxy.requests()).isEqualTo(1);
    assertThat(fixture.contents(bucket.name(), PREFIX)).hasSize(1);
  }

  @Test
  void tellsThatDrivesWentMissingMeanwhile() {
    var bucket = filled();
    Fault later =
        (exchange, server) -> {
          var removed = fixture.listVersions(bucket.name(), PREFIX).isEmpty();
          (removed ? Fault.always(503, "") : Fault.NONE).answer(exchange, server);
        };
    proxy.inject(health(later));

    assertThatThrownBy(() -> store.removePrefix(bucket, PREFIX, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NotEnoughDrives");
  }

  @Test
  void asksForNothingOnceTheBucketHasChanged() {
    var bucket = filled();
    var versioned = new Bucket(bucket.name(), bucket.identity(), true, false, true);

    assertThatThrownBy(() -> store.removePrefix(versioned, PREFIX, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("BucketChanged");

    assertThat(fixture.contents(bucket.name(), PREFIX)).hasSize(1);
  }

  /** The signature would last as much longer. */
  @Test
  void asksForNothingIfTheClockIsAhead() {
    var bucket = filled();
    var endpoint =
        StoreUnderTest.endpoint(minio.endpoint(), minio.access(), Duration.ofSeconds(30), true);
    try (var client = new S3Client(endpoint)) {
      var removal =
          new PrefixRemoval(
              client,
              new BucketInspection(client),
              new ObjectListing(client),
              InstantSource.offset(InstantSource.system(), Duration.ofMinutes(1)));

      assertThatThrownBy(() -> removal.remove(bucket, PREFIX, () -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("ClockAhead");
    }

    assertThat(fixture.contents(bucket.name(), PREFIX)).hasSize(1);
  }

  @Test
  void sendsNothingIfItMayNotGoOn() {
    var bucket = filled();
    var lost = new IllegalStateException("lost");
    Runnable mayNot =
        () -> {
          throw lost;
        };

    assertThatThrownBy(() -> store.removePrefix(bucket, PREFIX, mayNot)).isSameAs(lost);

    assertThat(fixture.contents(bucket.name(), PREFIX)).hasSize(1);
  }

  /** By then the place may be somebody else's. */
  @Test
  void isNeverCarriedOutAfterItsTime() {
    var bucket = filled();
    var late = new CountDownLatch(1);
    var answers = new LinkedBlockingQueue<Integer>();
    proxy.inject(
        removals((_, server) -> {
          awaitQuietly(late);
          answers.add(server.ask().status());
        }));
    var timeout = Duration.ofSeconds(5);
    try (var hasty = StoreUnderTest.connect(proxy.endpoint(), minio.access(), timeout)) {
      assertThatThrownBy(() -> hasty.removePrefix(bucket, PREFIX, () -> {}))
          .isInstanceOf(StoreUnavailableException.class);
    }
    var later = Instant.now().plus(timeout);
    patiently().until(() -> Instant.now().isAfter(later));
    late.countDown();

    patiently().untilAsserted(() -> assertThat(answers).containsExactly(403));
    assertThat(fixture.contents(bucket.name(), PREFIX)).hasSize(1);
  }

  private Bucket filled() {
    var bucket = store.bucket(fixture.newBucket());
    fixture.put(bucket.name(), PREFIX + "a", new byte[1]);
    return bucket;
  }

  /** This fault for the question whether enough drives are there. */
  private static Fault health(Fault fault) {
    return fault.whereRequest(
        exchange -> exchange.getRequestURI().getPath().startsWith("/minio/health/cluster"));
  }

  /** This fault for removals of a prefix; the other requests get through. */
  private static Fault removals(Fault fault) {
    return fault.whereRequest(
        exchange -> exchange.getRequestHeaders().containsKey("x-minio-force-delete"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
