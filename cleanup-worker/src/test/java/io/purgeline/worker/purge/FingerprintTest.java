package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.FailureClass;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.worker.purge.Outcome.Cause;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** One repair, one group (ADR 0009). */
class FingerprintTest {

  private static final String MAIN = "purgeline.objects.main";
  private static final String OTHER = "purgeline.objects.other";

  @Test
  void putsOneErrorOfTheProgramInOneGroupWhateverAndWhereverItMet() {
    var one = bug(inClaims("no row for 17", 12), MAIN);
    var other = bug(inClaims("no row for 4711", 99), OTHER);

    assertThat(one).isEqualTo(other);
    assertThat(one.title()).isEqualTo("IllegalStateException: no row for <n>");
    assertThat(one.group()).matches("[0-9a-f]{16}");
  }

  @Test
  void tellsErrorsOfTheProgramApart() {
    var elsewhere =
        new Cause(
            "java.lang.IllegalStateException",
            "no row",
            null,
            "java.lang.IllegalStateException: no row\n\tat io.purgeline.worker.Other.go(Other.java:1)");

    var one = bug(inClaims("no row", 1), MAIN).group();

    assertThat(bug(elsewhere, MAIN).group()).isNotEqualTo(one);
    assertThat(bug(inClaims("no column", 1), MAIN).group()).isNotEqualTo(one);
  }

  @Test
  void goesByTheStoresCodeWhereEntriesFailed() {
    var one = item(entries("AccessDenied", "AccessDenied a/1", "AccessDenied a/2"), MAIN);

    assertThat(item(entries("AccessDenied", "AccessDenied b/1"), MAIN)).isEqualTo(one);
    assertThat(item(entries("InternalError", "InternalError a/1"), MAIN)).isNotEqualTo(one);
    assertThat(one.title()).isEqualTo("AccessDenied (objects.main)");
  }

  @Test
  void goesByTheStoresCodeWhereAWholePlaceWasRefused() {
    var one = item(Cause.of(refused("AccessDenied", "run-1/")), MAIN);

    assertThat(item(Cause.of(refused("AccessDenied", "run-2/")), MAIN)).isEqualTo(one);
    assertThat(item(Cause.of(refused("NotOwned", "run-1/")), MAIN)).isNotEqualTo(one);
  }

  @Test
  void goesByTheMessageWhereACallFailed() {
    var one = item(Cause.of(new StoreUnavailableException("list a/b: time-out", null)), MAIN);

    assertThat(one.title())
        .isEqualTo("StoreUnavailableException: list <path>: time-out (objects.main)");
    assertThat(item(entries("AccessDenied", "AccessDenied a/1"), MAIN)).isNotEqualTo(one);
  }

  @Test
  void tellsStoresApart() {
    var cause = entries("AccessDenied", "AccessDenied a/1");

    assertThat(item(cause, OTHER)).isNotEqualTo(item(cause, MAIN));
    assertThat(lost(Loss.WORKER, 5, OTHER)).isNotEqualTo(lost(Loss.WORKER, 5, MAIN));
  }

  @Test
  void isTheSameForALossHoweverOftenItHappened() {
    var one = lost(Loss.WORKER, 5, MAIN);

    assertThat(lost(Loss.WORKER, 1, MAIN)).isEqualTo(one);
    assertThat(lost(Loss.MESSAGE, 5, MAIN)).isNotEqualTo(one);
    assertThat(one.title()).isEqualTo("its worker was lost, again and again (objects.main)");
  }

  @Test
  void isTheKindOfTroubleOfAMessage() {
    var one = unreadable("{foo");

    assertThat(unreadable("{\"bar\": [}")).isEqualTo(one);
    assertThat(unreadable("{\"type\": \"x\"}")).isNotEqualTo(one);
    assertThat(one.title()).isEqualTo("UnreadableMessage: not JSON");
  }

  private static Fingerprint bug(Cause cause, String queue) {
    return Failure.of(FailureClass.BUG, cause, queue).fingerprint();
  }

  private static Fingerprint item(Cause cause, String queue) {
    return Failure.of(FailureClass.ITEM, cause, queue).fingerprint();
  }

  private static Fingerprint lost(Loss loss, int times, String queue) {
    return Failure.of(loss, times, queue).fingerprint();
  }

  private static Fingerprint unreadable(String body) {
    var problem =
        Assertions.catchThrowableOfType(
            UnreadableMessageException.class,
            () -> PurgeRequest.parse(body.getBytes(StandardCharsets.UTF_8)));
    return Fingerprint.of(problem);
  }

  private static Cause entries(String commonestCode, String... first) {
    return Cause.of(new TaskFailures.Summary(List.of(first), commonestCode));
  }

  private static RefusedException refused(String code, String what) {
    return new RefusedException(new ItemFailure(what, code, "no", 0));
  }

  private static Cause inClaims(String message, int line) {
    return new Cause(
        "java.lang.IllegalStateException",
        message,
        null,
        """
        java.lang.IllegalStateException: %s
        \tat java.base/java.util.Optional.orElseThrow(Optional.java:403)
        \tat io.purgeline.worker.purge.Claims.row(Claims.java:%d)
        \tat io.purgeline.worker.purge.Other.go(Other.java:3)
        """
            .formatted(message, line));
  }
}
