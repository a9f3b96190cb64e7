package io.purgeline.worker.objects;

import io.minio.DeleteObjectsArgs;
import io.minio.RemoveObjectArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.purgeline.worker.objects.DeleteOutcome.Failed;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Removes batches and accounts for every entry that was asked for. */
final class ObjectDeletion {

  private final S3Client client;
  private final LockLookup locks;

  ObjectDeletion(S3Client client) {
    this.client = client;
    this.locks = new LockLookup(client);
  }

  List<DeleteOutcome> delete(Bucket bucket, List<ObjectEntry> entries) {
    if (entries.isEmpty() || entries.size() > ObjectStore.BATCH_LIMIT) {
      throw new IllegalArgumentException("a batch has 1 to 1000 entries, not " + entries.size());
    }
    var outcomes = new ConcurrentHashMap<ObjectEntry, DeleteOutcome>();
    var together = new ArrayList<ObjectEntry>(entries.size());
    for (var entry : new LinkedHashSet<>(entries)) { // the same twice would break the answer
      switch (KeyShape.of(entry.key())) {
        case BATCHABLE -> together.add(entry);
        case ALONE -> outcomes.put(entry, deleteAlone(bucket, entry));
        case UNSAFE -> outcomes.put(entry, unsafe(entry));
      }
    }
    if (!together.isEmpty()) {
      deleteTogether(bucket, together, outcomes);
    }
    return entries.stream().map(entry -> outcome(entry, outcomes.get(entry))).toList();
  }

  /** An answer that leaves an entry out says nothing about it. */
  private static DeleteOutcome outcome(ObjectEntry entry, @Nullable DeleteOutcome outcome) {
    return outcome != null
        ? outcome
        : new Failed(failure(entry, "NoAnswer", "the store's answer leaves it out"));
  }

  private static DeleteOutcome unsafe(ObjectEntry entry) {
    return new Failed(
        failure(entry, "UnsafeKey", "'.', '..' and empty segments may name another object"));
  }

  private void deleteTogether(
      Bucket bucket, List<ObjectEntry> entries, Map<ObjectEntry, DeleteOutcome> outcomes) {
    var objects = entries.stream().map(e -> new DeleteRequest.Object(e.key(), e.versionId()));
    var args =
        DeleteObjectsArgs.builder().bucket(bucket.name()).objects(objects.toList()).quiet(false);
    var result =
        client
            .call("delete from " + bucket.name(), minio -> minio.deleteObjects(args.build()))
            .result();
    var open = new OpenEntries(entries);
    for (var deleted : result.objects()) {
      open.take(deleted.name(), deleted.versionId())
          .ifPresent(entry -> outcomes.put(entry, new Removed()));
    }
    for (var error : result.errors()) {
      take(bucket, open, error, outcomes);
    }
  }

  private void take(
      Bucket bucket,
      OpenEntries open,
      DeleteResult.Error error,
      Map<ObjectEntry, DeleteOutcome> outcomes) {
    var code = String.valueOf(error.code());
    if (error.objectName() == null) {
      throw new StoreUnavailableException(
          "delete from " + bucket.name() + " failed as a whole: " + code, null);
    }
    requireLasting(bucket, code);
    open.takeAny(error.objectName())
        .ifPresent(entry -> outcomes.put(entry, explain(bucket, entry, code, error.message())));
  }

  private DeleteOutcome deleteAlone(Bucket bucket, ObjectEntry entry) {
    var args = RemoveObjectArgs.builder().bucket(bucket.name()).object(entry.key());
    if (entry.versionId() != null) {
      args.versionId(entry.versionId());
    }
    try {
      client.call("delete from " + bucket.name(), minio -> minio.removeObject(args.build()));
      return new Removed();
    } catch (RefusedException e) {
      return explain(bucket, entry, e.failure().code(), e.failure().message());
    } catch (StoreUnavailableException e) {
      var answer = e.getCause() == null ? null : S3Errors.answer(e.getCause()).orElse(null);
      if (answer == null || answer.response().code() >= 500) {
        throw e;
      }
      var code = S3Errors.code(answer);
      requireLasting(bucket, code);
      return explain(bucket, entry, code, answer.errorResponse().message());
    }
  }

  private static void requireLasting(Bucket bucket, String code) {
    if (S3Errors.isTransient(code)) {
      throw StoreUnavailableException.throttled("delete from " + bucket.name() + ": " + code, null);
    }
    if (code.equals("NoSuchBucket")) {
      throw new StoreUnavailableException("bucket " + bucket.name() + " does not exist", null);
    }
  }

  private DeleteOutcome explain(
      Bucket bucket, ObjectEntry entry, String code, @Nullable String message) {
    if (code.equals("NoSuchVersion") || code.equals("NoSuchKey")) {
      return new Removed();
    }
    var text = String.valueOf(message);
    var worm = code.equals("InvalidRequest") && text.contains("WORM");
    if (worm || (bucket.locked() && code.equals("AccessDenied"))) {
      var lock = locks.lockOf(bucket, entry);
      if (lock.isPresent()) {
        return lock.get();
      }
    }
    return new Failed(failure(entry, code, text));
  }

  private static ItemFailure failure(ObjectEntry entry, String code, String message) {
    var what = KeyShape.display(entry.key());
    var version = entry.versionId() == null ? "" : "?versionId=" + entry.versionId();
    return new ItemFailure(what + version, code, message, entry.size());
  }
}
