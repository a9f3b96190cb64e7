package io.purgeline.worker.objects;

import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object store, as a purge needs it. Implementations do not retry (the caller owns retries) and
 * never turn a failure into an empty answer.
 *
 * <p>All methods throw {@link StoreUnavailableException} when the store could not be asked or its
 * answer could not be read to the end, and {@link RefusedException} when it answered that the
 * bucket or prefix as a whole is denied. Thread-safe.
 */
public interface ObjectStore extends AutoCloseable {

  /** At most this many entries fit one page and one batch. */
  int BATCH_LIMIT = 1_000;

  /**
   * The bucket as it is now: its identity and what it keeps.
   *
   * @throws StoreUnavailableException also when the bucket does not exist: a missing bucket is an
   *     outage, not an empty one
   */
  Bucket bucket(String bucket);

  /**
   * Lists up to {@link #BATCH_LIMIT} entries under the prefix in the store's order: every version
   * and delete marker, the key equal to the prefix included. Keys come back exactly as stored.
   *
   * @param prefix ends in a slash
   * @param after where the listing continues: the previous page's {@link Page#next()}, a {@link
   *     Position#afterKey key} saved from an earlier run, or null for the start
   */
  Page list(Bucket bucket, String prefix, @Nullable Position after);

  /**
   * Whether an object, a version or a delete marker has the prefix's name without its slash. MinIO
   * leaves out of every listing of the prefix what lies below such a key, so a listing proves
   * nothing while it is there.
   */
  boolean isShadowed(Bucket bucket, String prefix);

  /**
   * Removes the entries for good and says of each what became of it; removing what is already gone
   * is success. The answer has exactly one outcome for every entry, in the same order; an answer of
   * the store that leaves out an entry is reported for it as a {@link DeleteOutcome.Failed
   * failure}.
   *
   * @param entries 1 to {@link #BATCH_LIMIT} entries
   * @param beforeRequest run before every request that removes something; keys that cannot travel
   *     together take one each. What it throws is passed on; what was removed before is gone
   */
  List<DeleteOutcome> delete(Bucket bucket, List<ObjectEntry> entries, Runnable beforeRequest);

  /** The same, whatever happens meanwhile. */
  default List<DeleteOutcome> delete(Bucket bucket, List<ObjectEntry> entries) {
    return delete(bucket, entries, () -> {});
  }

  /**
   * Removes everything below the prefix in one step, all versions too, without asking whether each
   * object may go. Carried out within the request timeout or never. What has gone is for a listing
   * to tell.
   *
   * @param bucket one that {@linkplain Bucket#prefixRemoval() allows it}
   * @param beforeRequest run right before the request is sent; what it throws is passed on
   * @throws RefusedException if the store does not take it, does not know how, or lacks drives; if
   *     the bucket is not as it was, or a key {@linkplain #isShadowed shadows} the prefix
   */
  void removePrefix(Bucket bucket, String prefix, Runnable beforeRequest);

  /** The incomplete multipart uploads under the prefix that the store is able to list. */
  Uploads uploads(Bucket bucket, String prefix);

  /** Aborts an upload; one that is already gone is success. */
  void abort(Bucket bucket, Upload upload);

  /** Writes a small object, or another version of it where it exists already. */
  void put(Bucket bucket, String key, byte[] content);

  /**
   * Gives up the calls that are under way: each fails as one that was not answered, although the
   * store may have carried it out.
   */
  void cancelCalls();

  @Override
  void close();
}
