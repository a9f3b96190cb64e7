package io.purgeline.worker.objects;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Set;

/** What a failed call says: the store is out of reach, asks for less, or denies. */
final class S3Errors {

  private static final Set<String> TRANSIENT =
      Set.of(
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "ServiceUnavailable",
          "TooManyRequests",
          "RequestTimeout",
          "InternalError",
          "OperationTimedOut",
          "XMinioServerNotInitialized");
  private static final Set<String> LOGIN =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "RequestTimeTooSkewed");

  private S3Errors() {}

  /** The exception to throw for a call that failed. */
  static RuntimeException of(String what, Throwable thrown) {
    var answer = answer(thrown);
    if (answer.isPresent()) {
      return ofAnswer(what, answer.get());
    }
    if (causedBy(thrown, IllegalArgumentException.class).isPresent()) {
      return new IllegalArgumentException(what, thrown);
    }
    var message = what + ": " + rootMessage(thrown);
    var slow =
        causedBy(thrown, SocketTimeoutException.class).isPresent()
            || causedBy(thrown, InvalidResponseException.class)
                .map(e -> String.valueOf(e.getMessage()))
                .filter(text -> text.contains("503") || text.contains("429"))
                .isPresent();
    return slow
        ? StoreUnavailableException.throttled(message, thrown)
        : new StoreUnavailableException(message, thrown);
  }

  private static RuntimeException ofAnswer(String what, ErrorResponseException answer) {
    var code = code(answer);
    var status = answer.response().code();
    var message = what + ": " + code + " (" + status + ")";
    if (status == 503 || status == 429 || status == 408) {
      return StoreUnavailableException.throttled(message, answer);
    }
    if (status == 403 && !LOGIN.contains(code)) {
      var text = String.valueOf(answer.errorResponse().message());
      return new RefusedException(new ItemFailure(what, code, text, 0));
    }
    return new StoreUnavailableException(message, answer);
  }

  /** The store's own answer, if it gave one. */
  static Optional<ErrorResponseException> answer(Throwable thrown) {
    return causedBy(thrown, ErrorResponseException.class);
  }

  static String code(ErrorResponseException answer) {
    return String.valueOf(answer.errorResponse().code());
  }

  /** Whether a key's own error code means that the store as a whole could not do it just now. */
  static boolean isTransient(String code) {
    return TRANSIENT.contains(code);
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
