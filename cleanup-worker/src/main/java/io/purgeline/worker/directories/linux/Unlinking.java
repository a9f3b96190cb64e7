package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.store.ItemFailure;
import java.lang.foreign.MemorySegment;

/**
 * Unlinks what one thread meets. Sizes are asked for before and counted after the removal; what is
 * gone already is nobody's failure; what fails is left and does not stop the rest.
 */
final class Unlinking implements TreeVisitor {

  /** How often a directory that a writer keeps filling is emptied before it is left for later. */
  private static final int ROUNDS = 100;

  private final UnlinkControl control;
  private final Tally.Page page;
  private final LeftBehind left;
  private final LinkLocks locks;

  Unlinking(UnlinkControl control, Tally.Page page, LeftBehind left, LinkLocks locks) {
    this.control = control;
    this.page = page;
    this.left = left;
    this.locks = locks;
  }

  @Override
  public boolean stop() {
    return control.stop();
  }

  @Override
  public boolean entry(Directory directory, MemorySegment name) {
    if (!found(directory, name)) {
      return false;
    }
    var file = Stat.answered();
    if (file.isDirectory()) {
      return true;
    }
    if (file.links() == 1) {
      unlink(directory, name, file);
      return false;
    }
    synchronized (locks.of(file)) {
      if (found(directory, name)) { // anew: another thread may have taken a link away
        unlink(directory, name, Stat.answered());
      }
    }
    return false;
  }

  @Override
  public void closed(Directory directory, MemorySegment name, int errno) {
    // What may not be read may be empty.
    int removed = Libc.unlinkat(directory.handle().fd(), name, Libc.AT_REMOVEDIR);
    if (removed < 0 && !Errno.ENOENT.is(removed)) {
      left.directory(failure(directory, name, errno, Errno.textOf(errno)));
      directory.keep();
    }
  }

  @Override
  public boolean leave(Directory directory) {
    var parent = directory.parent();
    if (parent == null || directory.keepsSomething()) {
      return false;
    }
    var name = Scratch.mine().name(directory.name());
    int answer = Libc.unlinkat(parent.handle().fd(), name, Libc.AT_REMOVEDIR);
    if (answer == 0 || Errno.ENOENT.is(answer)) {
      return false;
    }
    if (!Errno.ENOTEMPTY.is(answer) && !Errno.EEXIST.is(answer)) {
      var why = Immutability.explain(-answer, Stat.of(directory.handle()), parent.handle());
      left.directory(failure(parent, name, -answer, why));
      directory.keep();
      return false;
    }
    if (directory.nextRound() < ROUNDS) {
      return true; // a writer that still has a handle was faster
    }
    directory.keep();
    return false;
  }

  @Override
  public void done() {
    page.report();
  }

  private boolean found(Directory directory, MemorySegment name) {
    int asked = Stat.askFile(directory.handle(), name);
    if (asked < 0 && !Errno.ENOENT.is(asked)) {
      left.unknown(failure(directory, name, -asked, Errno.textOf(-asked)));
      directory.keep();
    }
    return asked == 0;
  }

  private void unlink(Directory directory, MemorySegment name, Stat file) {
    int answer = Libc.unlinkat(directory.handle().fd(), name, 0);
    if (answer == 0) {
      page.add(file.links() == 1 ? file.size() : 0);
      if (file.links() > 1) {
        left.unlinkedLink(file);
      }
    } else if (!Errno.ENOENT.is(answer) && !Errno.EISDIR.is(answer)) {
      // EISDIR: a directory took its place, and the next round finds it.
      var why = Immutability.explain(-answer, file, directory.handle());
      left.file(failure(directory, name, -answer, why), file);
      directory.keep();
    }
  }

  private static ItemFailure failure(
      Directory directory, MemorySegment name, int errno, String message) {
    var path = directory.pathOf(name);
    if (Errno.isOutage(errno)) {
      throw Failures.unavailable(path, errno);
    }
    return new ItemFailure(path, Errno.nameOf(errno), message, 0);
  }
}
