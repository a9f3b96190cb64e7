package io.purgeline.testing;

/**
 * What a bucket holds under one key: one version of it, or a delete marker.
 *
 * @param versionId "null" where the bucket has no versions
 */
public record StoredVersion(String key, String versionId, long size, boolean marker) {}
