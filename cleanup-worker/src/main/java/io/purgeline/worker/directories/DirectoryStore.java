package io.purgeline.worker.directories;

import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * One directory root. Nothing outside it is ever opened, no symbolic link is followed and no mount
 * is crossed.
 *
 * <p>All methods throw {@link StoreUnavailableException} when the root is missing, is not a
 * directory, was replaced by another one, or answers with an I/O error. Thread-safe for different
 * tasks.
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

  /**
   * Writes the marker file and expects it from now on. Refuses to replace one that exists.
   *
   * @throws RefusedException there is a marker already, or none can be written
   */
  void mark(String identity);

  /**
   * From now on every operation on trees first looks whether the root bears this identity; another
   * one, or none, is an outage. Until this is called the first marker that was ever seen is
   * expected, and while none was seen, the same directory as at the first contact.
   */
  void expect(String identity);

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
   * @throws RefusedException another tree is at the path now (one that took its place during the
   *     rename is put back), or what {@link #look} refuses
   */
  boolean moveAside(String path, UUID task, TreeIdentity expected);

  /** Whether anything in the trash bears the task's name. */
  boolean isAside(UUID task);

  /**
   * Counts what the task's tree in the trash still holds; nothing if it is gone. Without writers,
   * what is counted before an unlink is what it removed plus what is counted after it. What lies in
   * directories that may not be read, or on a mount that appeared after the move, is passed over
   * here; {@link #unlink} reports it.
   *
   * @param stop whether to give up as soon as possible; asked before every entry, by several
   *     threads
   * @return empty where it gave up
   */
  Optional<TreeSize> count(UUID task, BooleanSupplier stop);

  /**
   * Unlinks the task's tree in the trash, in parallel, until nothing of it is left or the control
   * says stop. What could not be unlinked is reported to the control and does not stop the rest.
   * Entries added by a writer that still holds a handle are unlinked too.
   *
   * @throws RefusedException what is in the trash under the task's name is not a directory
   */
  Unlinked unlink(UUID task, UnlinkControl control);

  /**
   * Makes a directory that holds one small file, and the directories above it where they are
   * missing. What is there already is left as it is.
   *
   * @param path relative to the root, as for {@link #look}
   * @throws RefusedException something in the way is no directory of this root, or nothing may be
   *     written
   */
  void plant(String path, String file, byte[] content);

  @Override
  void close();
}
