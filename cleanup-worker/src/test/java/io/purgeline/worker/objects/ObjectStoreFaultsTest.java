package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.minio.messages.RetentionMode;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are broken, missing or not whole: never taken for a shorter one. */
class ObjectStoreFaultsTest {

  private static final String PREFIX = StoreUnderTest.PREFIX;
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";
  private static final String INTERNAL =
      "<Error><Code>InternalError</Code><Message>We broke.</Message></Error>";

  private final MinioServer minio = MinioServer.shared();
  private final S3Fixture fixture = new S3Fixture(minio.access());
  private final FaultyProxy proxy = new FaultyProxy(minio.endpoint());
  private final ObjectStore store =
      StoreUnderTest.connect(proxy.endpoint(), minio.access(), Duration.ofSeconds(30));
  private Bucket bucket;
  private Bucket versioned;
  private Neighbours neighbours;

  @BeforeEach
  void fill() {
    bucket = store.bucket(fixture.newBucket());
    versioned = new Bucket(bucket.name(), bucket.identity(), true, false, false);
    neighbours = Neighbours.of(fixture, bucket.name());
    fixture.putMany(bucket.name(), PREFIX, 20, 1);
  }

  @AfterEach
  void close() {
    neighbours.assertUntouched();
    store.close();
    proxy.close();
    fixture.close();
  }

  @Test
  void believesOnlyAmazonThatItShowsAllUploads() {
    assertThat(store.uploads(bucket, PREFIX).complete()).isFalse();

    proxy.inject((exchange, real) -> {
      var answer = real.ask();
      var amazon = Map.of("server", List.of("AmazonS3"));
      new Answer(answer.status(), amazon, answer.body()).sendTo(exchange);
    });

    assertThat(store.uploads(bucket, PREFIX).complete()).isTrue();
  }

  /** A page of a whole bucket may show nothing but what others upload. */
  @Test
  void followsTheListingOfUploadsToItsNextPage() {
    var own = new Upload(PREFIX + "a", fixture.startUpload(bucket.name(), PREFIX + "a"));
    var others =
        Fault.always(
            200,
            """
            <ListMultipartUploadsResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
              <NextKeyMarker>run-0%2Fa%2Bb</NextKeyMarker><NextUploadIdMarker>id-1</NextUploadIdMarker>
              <Upload><Key>run-0%2Fa%2Bb</Key><UploadId>id-1</UploadId></Upload>
            </ListMultipartUploadsResult>
            """);
    proxy.inject(
        others.where(raw ->
            raw.startsWith("uploads")
                && !raw.endsWith("&key-marker=run-0%2Fa%2Bb&upload-id-marker=id-1")));

    var uploads = store.uploads(bucket, PREFIX);

    assertThat(uploads.found()).containsExactly(own);
    uploads.found().forEach(upload -> store.abort(bucket, upload));
    assertThat(store.uploads(bucket, PREFIX).found()).isEmpty();
    assertThat(proxy.requests()).as("two pages, an upload, two pages").isEqualTo(5);
  }

  static Stream<Named<Fault>> brokenAnswers() {
    return Stream.of(
        Named.of("half an answer, then a broken connection", Fault.HALF_AN_ANSWER),
        Named.of("half an answer, well framed", Fault.rewriting(ObjectStoreFaultsTest::half)),
        Named.of("200 with an empty body", Fault.EMPTY_ANSWER),
        Named.of("200 with an error in it", Fault.always(200, INTERNAL)),
        Named.of("500", Fault.always(500, INTERNAL)),
        Named.of("503 SlowDown", Fault.always(503, SLOW_DOWN)),
        Named.of("503 without a body", Fault.always(503, "")),
        Named.of("307 without a body", Fault.always(307, "")),
        Named.of("502 of a web server", Fault.always(502, "<html><body>Bad Gateway</body></html>")),
        Named.of("200 of a web server", Fault.always(200, "<html><body>Welcome</body></html>")));
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void aBrokenAnswerIsNeverAShorterPage(Fault fault) {
    proxy.inject(fault);
    assertUnavailable(() -> store.list(bucket, PREFIX, null));
    assertUnavailable(() -> store.list(versioned, PREFIX, null));
    assertUnavailable(() -> store.uploads(bucket, PREFIX));
    assertThat(proxy.requests()).as("nothing is repeated here").isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void aBrokenAnswerIsNeverASuccessfulDelete(Fault fault) {
    var entries = store.list(bucket, PREFIX, null).entries();
    proxy.inject(fault);
    assertUnavailable(() -> store.delete(bucket, entries));
    assertThat(proxy.requests()).as("nothing is repeated here").isEqualTo(1);
  }

  @Test
  void askingForLessIsToldApart() {
    proxy.inject(Fault.always(503, SLOW_DOWN));
    assertAskingForLess(() -> store.list(bucket, PREFIX, null));
    assertAskingForLess(() -> store.delete(bucket, List.of(entry("a"))));
    assertAskingForLess(() -> store.delete(bucket, List.of(entry("a\u0001"))));
    assertAskingForLess(() -> store.uploads(bucket, PREFIX));
    proxy.inject(Fault.always(503, ""));
    assertAskingForLess(() -> store.list(bucket, PREFIX, null));
    proxy.inject(Fault.always(500, INTERNAL));
    assertThatThrownBy(() -> store.list(bucket, PREFIX, null))
        .asInstanceOf(type(StoreUnavailableException.class))
        .matches(e -> !e.isThrottled() && !e.asksForLess());
  }

  @Test
  void anAnswerThatComesTooLateIsThrottlingThatTheStoreDidNotAskFor() {
    var entries = store.list(bucket, PREFIX, null).entries();
    var latch = new CountDownLatch(1);
    proxy.inject(Fault.silentUntil(latch));
    var timeout = Duration.ofSeconds(1);
    try (var hasty = StoreUnderTest.connect(proxy.endpoint(), minio.access(), timeout)) {
      assertLate(() -> hasty.list(bucket, PREFIX, null));
      assertLate(() -> hasty.delete(bucket, entries));
      assertLate(() -> hasty.uploads(bucket, PREFIX));
    } finally {
      latch.countDown();
    }
    proxy.inject(Fault.NONE);
    // Nobody heard the answer, yet it was done: repeating it is success.
    assertThat(store.delete(bucket, entries)).hasSize(20).containsOnly(new Removed());
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUpAfterTheRequestTimeout() {
    var timeout = Duration.ofSeconds(3);
    var latch = new CountDownLatch(1);
    proxy.inject(Fault.tricklingUntil(latch));
    try (var patient = StoreUnderTest.connect(proxy.endpoint(), minio.access(), timeout)) {
      var began = System.nanoTime();
      assertLate(() -> patient.list(bucket, PREFIX, null));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(timeout.minusMillis(100), timeout.plusSeconds(30));
    } finally {
      latch.countDown();
    }
  }

  @Test
  void asksBeforeEveryRequestWhetherToGoOn() {
    var entries = List.of(entry("a\u0001"), entry("b\u0001"), entry("c\u0001"));
    entries.forEach(entry -> fixture.put(bucket.name(), entry.key(), new byte[1]));
    var asked = new AtomicInteger();

    assertThatThrownBy(() ->
            store.delete(
                bucket,
                entries,
                () -> {
                  if (asked.incrementAndGet() == 3) {
                    throw new IllegalStateException("no");
                  }
                }))
        .hasMessage("no");

    assertThat(fixture.contents(bucket.name(), PREFIX))
        .doesNotContainKeys(PREFIX + "a\u0001", PREFIX + "b\u0001")
        .containsKey(PREFIX + "c\u0001");
  }

  @Test
  void anEntryThatTheAnswerLeavesOutHasFailed() {
    var entries = store.list(bucket, PREFIX, null).entries();
    proxy.inject(
        Fault.rewriting(
            xml -> xml.replaceFirst("<Deleted>(?:(?!</Deleted>).)*000007</Key></Deleted>", "")));

    var outcomes = store.delete(bucket, entries);

    assertThat(outcomes.get(7))
        .asInstanceOf(type(Failed.class))
        .matches(failed -> failed.failure().what().equals(PREFIX + "000007"));
    assertThat(outcomes).filteredOn(outcome -> outcome instanceof Removed).hasSize(19);
  }

  @Test
  void aListingThatShowsWhatLiesElsewhereIsNotTrusted() {
    proxy.inject(Fault.rewriting(xml -> xml.replaceFirst("run-1/000003", "run-2/a")));
    assertUnavailable(() -> store.list(bucket, PREFIX, null));
  }

  @Test
  void aListingThatSaysMoreButNotWhereIsNotTrusted() {
    proxy.inject(
        Fault.rewriting(xml ->
            xml.replace("<IsTruncated>false", "<IsTruncated>true").replaceAll("<Next.*?/>", "")));
    assertUnavailable(() -> store.list(bucket, PREFIX, null));
    assertUnavailable(() -> store.list(versioned, PREFIX, null));
  }

  @Test
  void aLockThatCouldNotBeAskedForIsNoFailureOfTheVersion() {
    var locked = fixture.newLockedBucket();
    var version = fixture.put(locked, PREFIX + "a", new byte[1]);
    var until = Instant.now().plus(Duration.ofDays(1));
    fixture.retain(locked, PREFIX + "a", version, RetentionMode.GOVERNANCE, until);
    var found = store.bucket(locked);
    var entries = store.list(found, PREFIX, null).entries();

    for (var query : List.of("legal-hold", "retention")) {
      proxy.inject(Fault.always(503, SLOW_DOWN).where(raw -> raw.contains(query)));
      assertAskingForLess(() -> store.delete(found, entries));
    }
  }

  private static ObjectEntry entry(String name) {
    return new ObjectEntry(PREFIX + name, null, 1, false);
  }

  private static String half(String text) {
    return text.substring(0, text.length() / 2);
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class);
  }

  private static void assertAskingForLess(ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(StoreUnavailableException.class))
        .matches(StoreUnavailableException::isThrottled, "throttled")
        .matches(StoreUnavailableException::asksForLess, "asks for less");
  }

  private static void assertLate(ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(StoreUnavailableException.class))
        .matches(StoreUnavailableException::isThrottled, "throttled")
        .matches(e -> !e.asksForLess(), "says nothing");
  }
}
