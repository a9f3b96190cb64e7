package io.purgeline.worker.objects;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failed call says: the store is out of reach, asks for less, or denies. */
final class S3Errors {

  private static final Set<String> THROTTLING =
      Set.of(
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "ServiceUnavailable",
          "TooManyRequests",
          "RequestTimeout",
          "OperationTimedOut",
          "XMinioServerNotInitialized");
  private static final Set<String> LOGIN =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "RequestTimeTooSkewed");

  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");

  private S3Errors() {}

  /** The exception to throw for a call that failed. */
  static RuntimeException of(String what, Throwable thrown) {
    var answer = answer(thrown);
    if (answer.isPresent()) {
      var text = String.valueOf(answer.get().errorResponse().message());
      return ofAnswer(what, answer.get().response().code(), code(answer.get()), text, thrown);
    }
    if (causedBy(thrown, IllegalArgumentException.class).isPresent()) {
      return new IllegalArgumentException(what, thrown);
    }
    var message = what + ": " + rootMessage(thrown);
    if (causedBy(thrown, InterruptedIOException.class).isPresent()) { // every kind of time-out
      return StoreUnavailableException.late(message, thrown);
    }
    var throttled =
        causedBy(thrown, InvalidResponseException.class)
            .map(e -> String.valueOf(e.getMessage()))
            .filter(text -> text.contains("503") || text.contains("429"))
            .isPresent();
    return throttled
        ? StoreUnavailableException.throttled(message, thrown)
        : new StoreUnavailableException(message, thrown);
  }

  /** The exception to throw for an answer that says no. */
  static RuntimeException ofAnswer(
      String what, int status, String code, String text, @Nullable Throwable cause) {
    var message = what + ": " + code + " (" + status + ")";
    if (isThrottling(status) || isThrottling(code)) {
      return StoreUnavailableException.throttled(message, cause);
    }
    if (status == 403 && !LOGIN.contains(code)) {
      return new RefusedException(new ItemFailure(what, code, text, 0));
    }
    return StoreUnavailableException.answered(message, code, cause);
  }

  /** The store's own answer, if it gave one. */
  static Optional<ErrorResponseException> answer(Throwable thrown) {
    return causedBy(thrown, ErrorResponseException.class);
  }

  static String code(ErrorResponseException answer) {
    return String.valueOf(answer.errorResponse().code());
  }

  /** The code the store answered with; empty if no answer of its own is behind the exception. */
  static String codeBehind(StoreUnavailableException e) {
    return Objects.requireNonNullElse(e.code(), "");
  }

  /** The code in an answer that was not read by the library. */
  static String codeIn(String answer) {
    var code = CODE.matcher(answer);
    return code.find() ? code.group(1) : "no code";
  }

  /** Whether a status means that the store has too much to do. */
  static boolean isThrottling(int status) {
    return status == 503 || status == 429 || status == 408;
  }

  /** Whether a code, also of a single key, means that the store has too much to do. */
  static boolean isThrottling(String code) {
    return THROTTLING.contains(code);
  }

  private static <T extends Throwable> Optional<T> causedBy(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  private static String rootMessage(Throwable thrown) {
    var root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
