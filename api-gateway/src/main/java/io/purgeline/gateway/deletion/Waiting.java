package io.purgeline.gateway.deletion;

import io.purgeline.gateway.watch.Seen;
import io.purgeline.gateway.watch.Watcher;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers a DELETE: at once, or, for who prefers to wait, when the purge has ended or the time is
 * up.
 */
@Component
class Waiting {

  private final DeletionWatch watch;

  Waiting(DeletionWatch watch) {
    this.watch = watch;
  }

  /**
   * The answer, now or later.
   *
   * @param deletionId what is waited for
   * @param preference how long, if at all
   * @param answer makes the answer at its time; it is told whether somebody waited for it
   */
  <T> DeferredResult<ResponseEntity<T>> answer(
      UUID deletionId,
      Optional<Preference> preference,
      Function<Boolean, ResponseEntity<T>> answer) {
    // No time limit of the container's: its clock ticks once a second, the watch keeps ours.
    var result = new DeferredResult<ResponseEntity<T>>(0L);
    if (preference.isEmpty()) {
      result.setResult(answer.apply(false));
      return result;
    }
    var waiter = new Waiter<>(deletionId, preference.get(), answer, result);
    result.onCompletion(() -> watch.remove(waiter));
    watch.add(waiter);
    return result;
  }

  private static final class Waiter<T> implements Watcher {

    private final UUID deletionId;
    private final Preference preference;
    private final Function<Boolean, ResponseEntity<T>> answer;
    private final DeferredResult<ResponseEntity<T>> result;
    private final long deadline;
    private final AtomicBoolean answered = new AtomicBoolean();

    Waiter(
        UUID deletionId,
        Preference preference,
        Function<Boolean, ResponseEntity<T>> answer,
        DeferredResult<ResponseEntity<T>> result) {
      this.deletionId = deletionId;
      this.preference = preference;
      this.answer = answer;
      this.result = result;
      this.deadline = System.nanoTime() + preference.duration().toNanos();
    }

    @Override
    public UUID id() {
      return deletionId;
    }

    @Override
    public boolean look(@Nullable Seen seen) {
      var ended = seen != null && seen.isFinal();
      if (ended || System.nanoTime() - deadline >= 0) {
        end();
        return true;
      }
      return false;
    }

    /** The answer reads the database, so it is made by a thread of its own, for that moment. */
    @Override
    public void end() {
      if (answered.compareAndSet(false, true)) {
        Thread.startVirtualThread(this::respond);
      }
    }

    private void respond() {
      try {
        result.setResult(applied(answer.apply(true)));
      } catch (RuntimeException e) {
        result.setErrorResult(e);
      }
    }

    private ResponseEntity<T> applied(ResponseEntity<T> response) {
      var headers = new HttpHeaders();
      headers.addAll(response.getHeaders());
      headers.set("Preference-Applied", preference.applied());
      return new ResponseEntity<>(response.getBody(), headers, response.getStatusCode());
    }
  }
}
