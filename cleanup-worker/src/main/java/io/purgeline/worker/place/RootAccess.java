package io.purgeline.worker.place;

import io.github.resilience4j.retry.Retry;
import io.purgeline.worker.directories.DirectoryStore;

/**
 * One configured directory root.
 *
 * @param store makes each call once
 * @param retry how a call is repeated
 */
record RootAccess(DirectoryStore store, Retry retry) {}
