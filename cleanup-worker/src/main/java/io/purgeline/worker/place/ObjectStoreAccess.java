package io.purgeline.worker.place;

import io.github.resilience4j.retry.Retry;
import io.purgeline.worker.objects.ObjectStore;
import io.purgeline.worker.objects.ParallelismLimit;
import java.util.Set;

/**
 * One configured object store and what all purges share about it.
 *
 * @param store the client; makes each call once
 * @param buckets the buckets that exist for Purgeline
 * @param limit how many calls it takes at a time
 * @param rate how many objects a second may go
 * @param retry how a call is repeated
 */
record ObjectStoreAccess(
    ObjectStore store, Set<String> buckets, ParallelismLimit limit, RateLimit rate, Retry retry) {}
