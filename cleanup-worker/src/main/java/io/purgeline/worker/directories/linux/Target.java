package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.TreeIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory below the root, reached name by name, so that no symbolic link and no mount was
 * passed on the way.
 *
 * @param above the root and the directories down to the parent, all open
 * @param self the directory itself, open
 */
record Target(TargetPath path, List<Handle> above, Handle self) implements AutoCloseable {

  /** Empty where nothing is at the path; refused where it is not a directory like any other. */
  static Optional<Target> open(ChildOpener opener, Handle root, TargetPath path) {
    var opened = new ArrayList<>(List.of(root));
    boolean complete = false;
    try {
      for (int position = 0; position < path.names().size(); position++) {
        int next = openAt(opener, opened.getLast(), path, position);
        if (Errno.ENOENT.is(next)) {
          return Optional.empty();
        }
        opened.add(new Handle(next));
      }
      complete = true;
      return Optional.of(new Target(path, opened.subList(0, opened.size() - 1), opened.getLast()));
    } finally {
      if (!complete) {
        opened.stream().skip(1).forEach(Handle::close);
      }
    }
  }

  Handle parent() {
    return above.getLast();
  }

  TreeIdentity identity() {
    return Stat.of(self).identity();
  }

  /** A tree can be renamed with the mounts in it, so they are looked for before. */
  Target refuseMountsInside() {
    var here = Descriptor.pathOf(self);
    MountTable.read()
        .inside(Stat.of(self).mount(), here)
        .ifPresent(mount -> {
          throw Failures.refused(
              path.toString(),
              Errno.EXDEV,
              "a file system is mounted inside, at " + DisplayName.of(mount.point()));
        });
    return this;
  }

  /** The root stays open: it is its opener's to close. */
  @Override
  public void close() {
    self.close();
    above.stream().skip(1).forEach(Handle::close);
  }

  private static int openAt(ChildOpener opener, Handle parent, TargetPath path, int position) {
    var name = TargetPath.bytes(path.names().get(position));
    int opened = opener.open(parent.fd(), Scratch.mine().name(name));
    if (opened >= 0 || Errno.ENOENT.is(opened)) {
      return opened;
    }
    var shown = path.upTo(position);
    if (Errno.EXDEV.is(opened)) {
      throw Failures.refused(shown, Errno.EXDEV, "a mount point: other mounts are never purged");
    }
    if (Errno.ELOOP.is(opened) || isLink(parent, name)) {
      throw Failures.refused(shown, Errno.ELOOP, "a symbolic link where a directory was expected");
    }
    throw Failures.of(shown, -opened);
  }

  private static boolean isLink(Handle parent, byte[] name) {
    return Stat.ask(parent, name) == 0 && Stat.answered().isSymbolicLink();
  }
}
