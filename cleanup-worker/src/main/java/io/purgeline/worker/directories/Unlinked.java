package io.purgeline.worker.directories;

/**
 * What one call of {@link DirectoryStore#unlink} did.
 *
 * @param removed entries and bytes confirmed gone
 * @param gone whether the tree, its top directory included, is gone
 * @param failures how many failures the control was told
 * @param failed the entries among them, without directories; bytes counted as in {@link TreeSize}
 */
public record Unlinked(TreeSize removed, boolean gone, long failures, TreeSize failed) {}
