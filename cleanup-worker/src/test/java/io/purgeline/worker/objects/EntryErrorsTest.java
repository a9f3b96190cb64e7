package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.minio.messages.RetentionMode;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.objects.DeleteOutcome.Retained;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which errors are an entry's own and which are the store's. */
class EntryErrorsTest {

  private static final String PREFIX = StoreUnderTest.PREFIX;
  private static final Bucket BUCKET =
      new Bucket("some-bucket", "created then", false, false, false);

  private final MinioServer minio = MinioServer.shared();
  private final FaultyProxy proxy = new FaultyProxy(minio.endpoint());
  private final ObjectStore store =
      StoreUnderTest.connect(proxy.endpoint(), minio.access(), Duration.ofSeconds(10));

  @AfterEach
  void close() {
    store.close();
    proxy.close();
  }

  @Test
  void aBreakdownAtOneKeyIsThatKeysOwn() {
    proxy.inject(Fault.always(200, result(deleted("a"), error("b", "InternalError"))));

    var outcomes = store.delete(BUCKET, List.of(entry("a"), entry("b")));

    assertThat(outcomes.getFirst()).isEqualTo(new Removed());
    assertFailed(outcomes.getLast(), "InternalError");
  }

  @Test
  void aBreakdownAtEveryKeyIsTheStores() {
    proxy.inject(
        Fault.always(200, result(error("a", "InternalError"), error("b", "InternalError"))));
    assertThatThrownBy(() -> store.delete(BUCKET, List.of(entry("a"), entry("b"))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void whatIsNotThereIsGone() {
    proxy.inject(Fault.always(200, result(error("a", "NoSuchVersion"), error("b", "NoSuchKey"))));

    assertThat(store.delete(BUCKET, List.of(entry("a"), entry("b"))))
        .containsExactly(new Removed(), new Removed());
  }

  @Test
  void askingForLessAtOneKeyIsAskingForLess() {
    proxy.inject(Fault.always(200, result(deleted("a"), error("b", "SlowDownWrite"))));
    assertThrottled(List.of(entry("a"), entry("b")));
  }

  @Test
  void askingForLessInsideASuccessIsAskingForLess() {
    proxy.inject(
        Fault.always(200, "<Error><Code>SlowDown</Code><Message>Reduce.</Message></Error>"));
    assertThrottled(List.of(entry("a")));
  }

  @Test
  void aKeyThatAStoreFoldsIntoAnotherIsNeverSent() {
    proxy.inject(Fault.NONE);
    var keys = List.of("/a", PREFIX + "/a", PREFIX + "./a", PREFIX + "../run-2/a", PREFIX + "..");
    var entries = keys.stream().map(key -> new ObjectEntry(key, null, 1, false)).toList();

    assertThat(store.delete(BUCKET, entries))
        .hasSize(keys.size())
        .allSatisfy(outcome -> assertFailed(outcome, "UnsafeKey"));
    assertThat(proxy.requests()).isZero();
  }

  @Test
  void aVersionWhoseLockMayNotBeLookedAtIsRetainedWithoutADate() {
    try (var fixture = new S3Fixture(minio.access())) {
      var bucket = fixture.newLockedBucket();
      var version = fixture.put(bucket, PREFIX + "a", new byte[1]);
      var until = Instant.now().plus(Duration.ofDays(1));
      fixture.retain(bucket, PREFIX + "a", version, RetentionMode.GOVERNANCE, until);
      var found = store.bucket(bucket);
      var entries = store.list(found, PREFIX, null).entries();
      var denied = "<Error><Code>AccessDenied</Code><Message>No.</Message></Error>";
      proxy.inject(
          Fault.always(403, denied)
              .where(query -> query.contains("legal-hold") || query.contains("retention")));

      assertThat(store.delete(found, entries)).containsExactly(new Retained(null));
    }
  }

  @Test
  void aListingOfUploadsThatDoesNotGoOnIsNotTrusted() {
    proxy.inject(
        Fault.always(
            200,
            """
            <ListMultipartUploadsResult>
              <NextKeyMarker>run-1/a</NextKeyMarker><NextUploadIdMarker>1</NextUploadIdMarker>
              <IsTruncated>true</IsTruncated>
            </ListMultipartUploadsResult>
            """));
    assertThatThrownBy(() -> store.uploads(BUCKET, PREFIX))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(proxy.requests()).isEqualTo(2);
  }

  private void assertThrottled(List<ObjectEntry> entries) {
    assertThatThrownBy(() -> store.delete(BUCKET, entries))
        .asInstanceOf(type(StoreUnavailableException.class))
        .matches(StoreUnavailableException::isThrottled, "asks for less");
  }

  private static void assertFailed(DeleteOutcome outcome, String code) {
    assertThat(outcome)
        .asInstanceOf(type(Failed.class))
        .matches(failed -> failed.failure().code().equals(code));
  }

  private static ObjectEntry entry(String name) {
    return new ObjectEntry(PREFIX + name, null, 1, false);
  }

  private static String result(String... parts) {
    return "<DeleteResult>" + String.join("", parts) + "</DeleteResult>";
  }

  private static String deleted(String name) {
    return "<Deleted><Key>%s%s</Key></Deleted>".formatted(PREFIX, name);
  }

  private static String error(String name, String code) {
    return "<Error><Key>%s%s</Key><Code>%s</Code><Message>m</Message></Error>"
        .formatted(PREFIX, name, code);
  }
}
