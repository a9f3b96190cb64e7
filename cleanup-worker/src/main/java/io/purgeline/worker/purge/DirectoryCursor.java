package io.purgeline.worker.purge;

import io.purgeline.worker.directories.TreeIdentity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a directory's purge is.
 *
 * @param inode the tree that was found at the path, before it was moved aside
 * @param bornAtNanos its birth time
 * @param booked whether the row tells exactly what is left of the tree. It does not before the tree
 *     was counted, nor while it is being unlinked: after a crash the rest has to be counted
 */
record DirectoryCursor(long inode, long bornAtNanos, boolean booked) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static DirectoryCursor found(TreeIdentity tree) {
    return new DirectoryCursor(tree.inode(), tree.bornAtNanos(), false);
  }

  DirectoryCursor booked(boolean isBooked) {
    return new DirectoryCursor(inode, bornAtNanos, isBooked);
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
