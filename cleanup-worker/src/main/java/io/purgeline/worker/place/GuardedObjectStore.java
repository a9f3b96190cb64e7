package io.purgeline.worker.place;

import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.objects.ObjectStore;
import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.ParallelismLimit.Turn;
import io.purgeline.worker.objects.Position;
import io.purgeline.worker.objects.Upload;
import io.purgeline.worker.objects.Uploads;
import io.purgeline.worker.purge.GoAhead;
import io.purgeline.worker.store.StoreUnavailableException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One slice's view of a store: each call waits for its turn, is made only if the slice may still go
 * on, and is tried again a few times when the store does not answer. Repeating is safe: removing
 * what is gone is success.
 */
final class GuardedObjectStore implements ObjectStore {

  private final ObjectStoreAccess access;
  private final GoAhead goAhead;

  GuardedObjectStore(ObjectStoreAccess access, GoAhead goAhead) {
    this.access = access;
    this.goAhead = goAhead;
  }

  @Override
  public Bucket bucket(String bucket) {
    return call(() -> access.store().bucket(bucket));
  }

  @Override
  public Page list(Bucket bucket, String prefix, @Nullable Position after) {
    return call(
        access.limit()::acquireToList,
        goAhead::requireGoingOn,
        () -> access.store().list(bucket, prefix, after));
  }

  @Override
  public boolean isShadowed(Bucket bucket, String prefix) {
    return call(() -> access.store().isShadowed(bucket, prefix));
  }

  @Override
  public List<DeleteOutcome> delete(
      Bucket bucket, List<ObjectEntry> entries, Runnable beforeRequest) {
    var sent = new AtomicBoolean();
    var beforeEach =
        going(() -> {
          beforeRequest.run();
          sent.set(true);
        });
    access.rate().acquire(entries.size(), goAhead::requireTime);
    try {
      return remove(() -> access.store().delete(bucket, entries, beforeEach));
    } finally {
      if (!sent.get()) {
        access.rate().giveBack(entries.size());
      }
    }
  }

  @Override
  public void removePrefix(Bucket bucket, String prefix, Runnable beforeRequest) {
    var beforeEach = going(beforeRequest);
    remove(() -> {
      access.store().removePrefix(bucket, prefix, beforeEach);
      return true;
    });
  }

  /** Asked again at the last moment: much may be done between the turn and the request. */
  private Runnable going(Runnable beforeRequest) {
    return () -> {
      goAhead.requireGoingOn();
      beforeRequest.run();
    };
  }

  private <T> T remove(Supplier<T> removal) {
    return call(access.limit()::acquire, goAhead::requireTime, () -> answered(removal));
  }

  private <T> T answered(Supplier<T> removal) {
    try {
      return removal.get();
    } catch (StoreUnavailableException e) {
      if (!wasNeverSent(e)) {
        goAhead.unanswered();
      }
      throw e;
    }
  }

  private static boolean wasNeverSent(Throwable e) {
    return e instanceof ConnectException || (e.getCause() != null && wasNeverSent(e.getCause()));
  }

  @Override
  public Uploads uploads(Bucket bucket, String prefix) {
    return call(() -> access.store().uploads(bucket, prefix));
  }

  @Override
  public void abort(Bucket bucket, Upload upload) {
    call(() -> {
      access.store().abort(bucket, upload);
      return true;
    });
  }

  @Override
  public void put(Bucket bucket, String key, byte[] content) {
    call(() -> {
      access.store().put(bucket, key, content);
      return true;
    });
  }

  private <T> T call(Supplier<T> call) {
    return call(access.limit()::acquire, goAhead::requireGoingOn, call);
  }

  private <T> T call(Supplier<Turn> turn, Runnable beforeCall, Supplier<T> call) {
    return access.retry().executeSupplier(() -> inTurn(turn, beforeCall, call));
  }

  private static <T> T inTurn(Supplier<Turn> next, Runnable beforeCall, Supplier<T> call) {
    try (var turn = next.get()) {
      try {
        beforeCall.run();
        var answer = call.get();
        turn.succeeded();
        return answer;
      } catch (StoreUnavailableException e) {
        if (e.isThrottled()) {
          turn.throttled();
        }
        throw e;
      }
    }
  }

  @Override
  public void cancelCalls() {
    // Others have calls under way, too: the client belongs to the process, not to a slice.
  }

  @Override
  public void close() {
    // As above.
  }
}
