package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeIdentity;
import java.util.Optional;
import java.util.UUID;

/** The open trash directory of a root: a real directory on the root's own mount. */
record Trash(ChildOpener opener, Handle handle) implements AutoCloseable {

  private static final byte[] NAME = TargetPath.bytes(DirectoryStore.TRASH);

  /** Empty where the root has no trash yet. */
  static Optional<Trash> open(ChildOpener opener, Handle root) {
    int opened = opener.open(root.fd(), Scratch.mine().name(NAME));
    if (Errno.ENOENT.is(opened)) {
      return Optional.empty();
    }
    if (opened < 0) {
      throw refused(DirectoryStore.TRASH, opened);
    }
    return Optional.of(new Trash(opener, new Handle(opened)));
  }

  static Trash openOrCreate(ChildOpener opener, Handle root) {
    int created = Libc.mkdirat(root.fd(), Scratch.mine().name(NAME), 0700);
    if (created == 0) {
      root.sync();
    } else if (!Errno.EEXIST.is(created)) {
      throw Failures.of(DirectoryStore.TRASH, -created);
    }
    return open(opener, root)
        .orElseThrow(
            () -> Failures.refused(DirectoryStore.TRASH, Errno.ENOENT, "removed meanwhile"));
  }

  /** The task's tree, opened for a walk, which closes it; empty where there is none. */
  Optional<Directory> tree(UUID task) {
    int opened = opener.open(handle.fd(), Scratch.mine().name(nameOf(task)));
    if (Errno.ENOENT.is(opened)) {
      return Optional.empty();
    }
    if (opened < 0) {
      throw refused(pathOf(task), opened);
    }
    return Optional.of(Directory.above(NAME, handle).child(nameOf(task), new Handle(opened)));
  }

  /** What bears the task's name, be it a tree or not; empty where nothing does. */
  Optional<TreeIdentity> identity(UUID task) {
    int asked = Stat.ask(handle, nameOf(task));
    if (Errno.ENOENT.is(asked)) {
      return Optional.empty();
    }
    if (asked < 0) {
      throw Failures.of(pathOf(task), -asked);
    }
    return Optional.of(Stat.answered().identity());
  }

  static byte[] nameOf(UUID task) {
    return TargetPath.bytes(task.toString());
  }

  static String pathOf(UUID task) {
    return DirectoryStore.TRASH + "/" + task;
  }

  @Override
  public void close() {
    handle.close();
  }

  private static RuntimeException refused(String path, int answer) {
    if (Errno.ELOOP.is(answer) || Errno.ENOTDIR.is(answer) || Errno.EXDEV.is(answer)) {
      return Failures.refused(
          path, Errno.ENOTDIR, "the trash must be a real directory on its root's own mount");
    }
    return Failures.of(path, -answer);
  }
}
