package io.purgeline.worker.objects;

import org.jspecify.annotations.Nullable;

/**
 * One thing a listing shows: an object, one version of it, or a delete marker.
 *
 * @param key the key, exactly as stored
 * @param versionId null in a bucket that never had versions
 * @param size in bytes; 0 for a marker
 * @param marker whether it is a delete marker
 */
public record ObjectEntry(String key, @Nullable String versionId, long size, boolean marker) {}
