package io.purgeline.worker.objects;

import org.jspecify.annotations.Nullable;

/**
 * A place in a listing.
 *
 * @param key the listing goes on after this key (or after the given version of it)
 * @param versionId the version within the key, null for behind all its versions
 * @param token what the store gave for its next page; null when the place was saved and taken up
 *     again
 */
public record Position(String key, @Nullable String versionId, @Nullable String token) {

  /** Behind the last version of a key. Works without anything the store remembers. */
  public static Position afterKey(String key) {
    return new Position(key, null, null);
  }
}
