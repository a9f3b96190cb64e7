package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.store.RefusedException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves one tree into the trash. A rename goes by name, so what it has moved is looked at
 * afterwards: a tree that took the place of the right one in between goes back.
 */
final class TrashRename {

  private final ChildOpener opener;
  private final Handle root;
  private final UUID task;
  private final TreeIdentity expected;

  TrashRename(ChildOpener opener, Handle root, UUID task, TreeIdentity expected) {
    this.opener = opener;
    this.root = root;
    this.task = task;
    this.expected = expected;
  }

  /** Whether the tree is in the trash now; false where it is nowhere. */
  boolean move(TargetPath path) {
    try (var trash = Trash.openOrCreate(opener, root)) {
      if (trash.identity(task).isPresent()) {
        // It was moved before a crash, which perhaps came before the look at what was moved.
        settleAfterCrash(trash, path);
        return true;
      }
      var found = Target.open(opener, root, path);
      if (found.isEmpty()) {
        return false;
      }
      try (var target = found.get()) {
        return move(target, trash);
      }
    }
  }

  private boolean move(Target target, Trash trash) {
    target.refuseMountsInside();
    if (!target.identity().equals(expected)) {
      throw Failures.refused(
          target.path().toString(), Errno.EEXIST, "another directory is at the path by now");
    }
    int answer = rename(target, trash);
    if (Errno.ENOENT.is(answer)) {
      return false;
    }
    if (answer < 0) {
      throw failed(target, -answer);
    }
    settle(trash, target.parent(), target.path());
    return true;
  }

  private int rename(Target target, Trash trash) {
    var scratch = Scratch.mine();
    var from = scratch.name(target.path().last());
    var to = scratch.secondName(Trash.nameOf(task));
    int parent = target.parent().fd();
    int answer = Libc.renameat2(parent, from, trash.handle().fd(), to, Libc.RENAME_NOREPLACE);
    if (Errno.EINVAL.is(answer)) {
      // Network file systems know no such flag. The name is the task's own and was just seen to be
      // free, and a plain rename could only replace an empty directory.
      return Libc.renameat2(parent, from, trash.handle().fd(), to, 0);
    }
    return answer;
  }

  private void settleAfterCrash(Trash trash, TargetPath path) {
    var parent = path.parent();
    if (parent.isEmpty()) {
      settle(trash, root, path);
      return;
    }
    var found = Target.open(opener, root, parent.get());
    if (found.isEmpty()) {
      settle(trash, null, path);
      return;
    }
    try (var above = found.get()) {
      settle(trash, above.self(), path);
    }
  }

  /** Makes the move durable; if it moved the wrong tree, undoes it. */
  private void settle(Trash trash, @Nullable Handle parent, TargetPath path) {
    boolean right = trash.identity(task).filter(expected::equals).isPresent();
    var refusal = right ? null : moveBack(trash, parent, path);
    trash.handle().sync();
    if (parent != null) {
      parent.sync();
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  private RefusedException moveBack(Trash trash, @Nullable Handle parent, TargetPath path) {
    var scratch = Scratch.mine();
    int answer =
        parent == null
            ? -Errno.ENOENT.number()
            : Libc.renameat2(
                trash.handle().fd(),
                scratch.name(Trash.nameOf(task)),
                parent.fd(),
                scratch.secondName(path.last()),
                Libc.RENAME_NOREPLACE);
    return answer == 0
        ? Failures.refused(
            path.toString(), Errno.EEXIST, "another directory took its place and was put back")
        : Failures.refused(
            Trash.pathOf(task),
            Errno.EEXIST,
            "not the directory to be purged; it belongs at %s and could not be put back (%s)"
                .formatted(path, Errno.nameOf(-answer)));
  }

  private static RuntimeException failed(Target target, int errno) {
    if (Errno.isOutage(errno)) {
      return Failures.of(target.path().toString(), errno);
    }
    var why = Immutability.explain(errno, Stat.of(target.self()), target.parent());
    return Failures.refused(target.path().toString(), errno, "cannot be moved: " + why);
  }
}
