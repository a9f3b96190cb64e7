package io.purgeline.worker.objects;

import java.util.List;

/**
 * What the store shows of incomplete multipart uploads.
 *
 * @param found those under the prefix
 * @param complete false where the store is known to hide some (MinIO lists bucket-wide only what
 *     began since it started)
 */
public record Uploads(List<Upload> found, boolean complete) {

  public Uploads {
    found = List.copyOf(found);
  }
}
