package io.purgeline.worker.purge;

import io.purgeline.worker.directories.TreeIdentity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a directory's purge is.
 *
 * @param inode the tree that was found at the path, before it was moved aside
 * @param bornAtNanos its birth time
 * @param counted what the tree held when it was counted in the trash, null before that
 * @param before what the task had purged of earlier trees at the same path
 */
record DirectoryCursor(long inode, long bornAtNanos, @Nullable Tally counted, Tally before) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static DirectoryCursor found(TreeIdentity tree, Tally before) {
    return new DirectoryCursor(tree.inode(), tree.bornAtNanos(), null, before);
  }

  DirectoryCursor counted(Tally size) {
    return new DirectoryCursor(inode, bornAtNanos, size, before);
  }

  TreeIdentity tree() {
    return new TreeIdentity(inode, bornAtNanos);
  }

  String write() {
    return JSON.writeValueAsString(this);
  }

  static @Nullable DirectoryCursor read(@Nullable String cursor) {
    return cursor == null ? null : JSON.readValue(cursor, DirectoryCursor.class);
  }
}
