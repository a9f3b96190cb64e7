package io.purgeline.worker.directories;

import io.purgeline.worker.store.ItemFailure;
import java.util.List;

/**
 * What one call of {@link DirectoryStore#unlink} did.
 *
 * @param removed entries and bytes confirmed gone
 * @param gone whether the tree, its top directory included, is gone
 * @param failures the first failures, at most 1,000; directories that could not be read or removed
 *     are among them
 * @param failed how many entries that are not directories failed in all
 * @param failedBytes their bytes, counted as in {@link TreeSize}
 */
public record Unlinked(
    TreeSize removed, boolean gone, List<ItemFailure> failures, long failed, long failedBytes) {

  public Unlinked {
    failures = List.copyOf(failures);
  }
}
