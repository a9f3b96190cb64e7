package io.purgeline.worker.objects;

import io.minio.DeleteObjectsArgs;
import io.minio.RemoveObjectArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes batches and accounts for every entry that was asked for. */
final class ObjectDeletion {

  private static final String INTERNAL_ERROR = "InternalError";

  private final S3Client client;
  private final EntryErrors errors;

  ObjectDeletion(S3Client client) {
    this.client = client;
    this.errors = new EntryErrors(new LockLookup(client));
  }

  List<DeleteOutcome> delete(Bucket bucket, List<ObjectEntry> entries, Runnable beforeRequest) {
    if (entries.isEmpty() || entries.size() > ObjectStore.BATCH_LIMIT) {
      throw new IllegalArgumentException("a batch has 1 to 1000 entries, not " + entries.size());
    }
    var outcomes = new HashMap<Target, DeleteOutcome>();
    var together = new ArrayList<ObjectEntry>(entries.size());
    for (var entry : distinct(bucket, entries)) {
      switch (KeyShape.of(entry.key())) {
        case BATCHABLE -> together.add(entry);
        case ALONE -> {
          beforeRequest.run();
          outcomes.put(Target.of(bucket, entry), deleteAlone(bucket, entry));
        }
        case UNSAFE -> outcomes.put(Target.of(bucket, entry), unsafe(entry));
      }
    }
    if (!together.isEmpty()) {
      beforeRequest.run();
      deleteTogether(bucket, together, outcomes);
    }
    return entries.stream()
        .map(entry -> outcome(entry, outcomes.get(Target.of(bucket, entry))))
        .toList();
  }

  /** The same twice in a batch makes its answer unreadable. */
  private static List<ObjectEntry> distinct(Bucket bucket, List<ObjectEntry> entries) {
    var targets = new LinkedHashMap<Target, ObjectEntry>();
    for (var entry : entries) {
      var target = Target.of(bucket, entry);
      targets.putIfAbsent(
          target, new ObjectEntry(entry.key(), target.versionId(), entry.size(), entry.marker()));
    }
    return List.copyOf(targets.values());
  }

  /** An answer that leaves an entry out says nothing about it. */
  private static DeleteOutcome outcome(ObjectEntry entry, @Nullable DeleteOutcome outcome) {
    return outcome != null
        ? outcome
        : EntryErrors.failed(entry, "NoAnswer", "the store's answer leaves it out");
  }

  private static DeleteOutcome unsafe(ObjectEntry entry) {
    return EntryErrors.failed(
        entry, "UnsafeKey", "'.', '..' and empty segments may name another object");
  }

  private void deleteTogether(
      Bucket bucket, List<ObjectEntry> entries, Map<Target, DeleteOutcome> outcomes) {
    var objects = entries.stream().map(e -> new DeleteRequest.Object(e.key(), e.versionId()));
    var args =
        DeleteObjectsArgs.builder().bucket(bucket.name()).objects(objects.toList()).quiet(false);
    var result =
        client
            .call("delete from " + bucket.name(), minio -> minio.deleteObjects(args.build()))
            .result();
    requireAboutEntries(bucket, result);
    var open = new OpenEntries(entries);
    for (var deleted : result.objects()) {
      open.take(deleted.name(), deleted.versionId())
          .ifPresent(entry -> outcomes.put(Target.of(bucket, entry), removed(entry, deleted)));
    }
    for (var error : result.errors()) {
      open.takeAny(error.objectName())
          .ifPresent(
              entry -> outcomes.put(Target.of(bucket, entry), explain(bucket, entry, error)));
    }
  }

  /**
   * An answer without any key (a web page in between answers 200, too), an error without one, or
   * the same breakdown for every key is about the store.
   */
  private static void requireAboutEntries(Bucket bucket, DeleteResult result) {
    if (result.objects().isEmpty() && result.errors().isEmpty()) {
      throw new StoreUnavailableException(
          "delete from " + bucket.name() + ": the answer speaks of no key", null);
    }
    for (var error : result.errors()) {
      if (error.objectName() == null) {
        throw S3Errors.ofAnswer(
            "delete from " + bucket.name(), 200, String.valueOf(error.code()), "", null);
      }
    }
    if (result.objects().isEmpty()
        && !result.errors().isEmpty()
        && result.errors().stream().allMatch(error -> INTERNAL_ERROR.equals(error.code()))) {
      throw StoreUnavailableException.answered(
          "delete from " + bucket.name() + ": " + INTERNAL_ERROR + " for every key",
          INTERNAL_ERROR,
          null);
    }
  }

  /** A marker written in place of a removal: the bucket keeps versions since it was looked at. */
  private static Removed removed(ObjectEntry entry, DeleteResult.Deleted deleted) {
    if (entry.versionId() == null && deleted.deleteMarker()) {
      throw new StoreUnavailableException(
          "the bucket has begun to keep versions: "
              + KeyShape.display(entry.key())
              + " is hidden,"
              + " not removed",
          null);
    }
    return new Removed();
  }

  private DeleteOutcome explain(Bucket bucket, ObjectEntry entry, DeleteResult.Error error) {
    return errors.explain(
        bucket, entry, String.valueOf(error.code()), String.valueOf(error.message()));
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
      return errors.explain(bucket, entry, e.failure().code(), e.failure().message());
    } catch (StoreUnavailableException e) {
      var answer = S3Errors.answer(e).orElse(null);
      if (answer == null || e.isThrottled() || !isAboutTheEntry(answer.response().code())) {
        throw e;
      }
      var text = String.valueOf(answer.errorResponse().message());
      return errors.explain(bucket, entry, S3Errors.code(answer), text);
    }
  }

  /** A wrong secret (403 gets here only then) and a broken store are not. */
  private static boolean isAboutTheEntry(int status) {
    return status >= 400 && status < 500 && status != 403;
  }

  /**
   * What is sent. What a key held before its bucket kept versions is its version "null" then: asked
   * without a version, the store would write a marker and keep the bytes.
   */
  private record Target(String key, @Nullable String versionId) {

    static Target of(Bucket bucket, ObjectEntry entry) {
      var version = entry.versionId();
      return new Target(
          entry.key(), version == null && bucket.versioned() ? ObjectListing.NO_VERSION : version);
    }
  }
}
