package io.purgeline.worker.directories;

import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Optional;
import java.util.UUID;

/**
 * One directory root. Nothing outside it is ever opened, no symbolic link is followed and no mount
 * is crossed.
 *
 * <p>All methods throw {@link StoreUnavailableException} when the root is missing, is not a
 * directory, was replaced since it was opened, or answers with an I/O error. Thread-safe for
 * different tasks.
 */
public interface DirectoryStore extends AutoCloseable {

  /** Where trees wait for their purge, below the root; no location may be in here. */
  String TRASH = ".purgeline-trash";

  /** The file that tells this root from another one mounted in its place. */
  String MARKER = ".purgeline-root";

  /**
   * The id in the root's marker file; empty where there is none. Opens the root by its path anew on
   * every call.
   */
  Optional<String> identity();

  /** Writes the marker file. Refuses to replace one that exists. */
  void mark(String identity);

  /**
   * Looks at a target before it is moved; changes nothing.
   *
   * @param path relative to the root, one or more names separated by single slashes
   * @return empty when there is nothing at the path
   * @throws RefusedException a symbolic link or a file instead of a directory (at the end or on the
   *     way), a mount point at, above (below the root) or inside the target, the trash itself
   */
  Optional<TreeIdentity> look(String path);

  /**
   * Moves the tree aside, into {@link #TRASH}/{@code task}, in one atomic step; both parents are
   * synced before this returns. Safe to repeat after a crash at any point.
   *
   * @param expected what {@link #look} found: another tree in its place is left alone
   * @return whether the task's tree is in the trash now; false where it is neither there nor at the
   *     path any more
   * @throws RefusedException another tree is at the path now, or what {@link #look} refuses
   */
  boolean moveAside(String path, UUID task, TreeIdentity expected);

  /** Whether the task has a tree in the trash. */
  boolean isAside(UUID task);

  /**
   * Counts what the task's tree in the trash still holds; nothing if it is gone.
   *
   * @throws RefusedException an entry could not be read, named in the failure
   */
  TreeSize count(UUID task);

  /**
   * Unlinks the task's tree in the trash, in parallel, until nothing of it is left or the control
   * says stop. What could not be unlinked is reported and does not stop the rest. Entries added by
   * a writer that still holds a handle are unlinked too.
   */
  Unlinked unlink(UUID task, UnlinkControl control);

  @Override
  void close();
}
