package io.purgeline.benchmarks;

import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.DeleteOutcome;
import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.objects.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** What the store can do at most: full batches of known keys, nothing listed, nothing recorded. */
final class StoreLimit implements Contender {

  private static final int SIZE = 256;

  private final Supplier<ObjectStore> connection;
  private final Bucket bucket;
  private final int parallelism;

  StoreLimit(Supplier<ObjectStore> connection, Bucket bucket, int parallelism) {
    this.connection = connection;
    this.bucket = bucket;
    this.parallelism = parallelism;
  }

  @Override
  public String name() {
    return "limit, " + parallelism + " at a time";
  }

  @Override
  public String bucket() {
    return bucket.name();
  }

  @Override
  public void empty(Filled filled) throws ExecutionException, InterruptedException {
    try (var store = connection.get();
        var senders = Executors.newFixedThreadPool(parallelism)) {
      var sent = new ArrayList<Future<?>>();
      for (var batch : batches(filled.keys())) {
        sent.add(senders.submit(() -> remove(store, batch)));
      }
      for (var answer : sent) {
        answer.get();
      }
    }
  }

  private void remove(ObjectStore store, List<ObjectEntry> batch) {
    for (var outcome : store.delete(bucket, batch)) {
      if (!(outcome instanceof DeleteOutcome.Removed)) {
        throw new IllegalStateException("not removed: " + outcome);
      }
    }
  }

  private static List<List<ObjectEntry>> batches(List<String> keys) {
    var batches = new ArrayList<List<ObjectEntry>>();
    for (int from = 0; from < keys.size(); from += ObjectStore.BATCH_LIMIT) {
      var to = Math.min(keys.size(), from + ObjectStore.BATCH_LIMIT);
      batches.add(
          keys.subList(from, to).stream()
              .map(key -> new ObjectEntry(key, null, SIZE, false))
              .toList());
    }
    return batches;
  }
}
