package io.purgeline.worker.directories;

/**
 * What a tree holds.
 *
 * @param entries entries that are not directories
 * @param bytes their sizes (apparent, not allocated); a file with several links counts once, and
 *     only if its last link is in the tree
 */
public record TreeSize(long entries, long bytes) {

  /** Nothing at all. */
  public static final TreeSize EMPTY = new TreeSize(0, 0);
}
