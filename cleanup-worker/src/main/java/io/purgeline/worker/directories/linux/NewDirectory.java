package io.purgeline.worker.directories.linux;

import java.util.Optional;

/** Makes directories below a root, name by name, so that no link and no mount is passed. */
record NewDirectory(ChildOpener opener, Handle root) {

  /** Makes the directory with its file; what is there already is left as it is. */
  void plant(TargetPath path, byte[] file, byte[] content) {
    make(path);
    try (var directory = existing(path)) {
      int created = SmallFile.create(directory.self(), file, content, path.toString());
      if (created < 0 && !Errno.EEXIST.is(created)) {
        throw Failures.of(path.toString(), -created);
      }
      directory.self().sync();
    }
  }

  private void make(TargetPath path) {
    var found = Target.open(opener, root, path);
    if (found.isPresent()) {
      found.get().close();
      return;
    }
    var above = path.parent();
    above.ifPresent(this::make);
    if (above.isEmpty()) {
      make(root, path);
      return;
    }
    try (var parent = existing(above.get())) {
      make(parent.self(), path);
    }
  }

  private static void make(Handle parent, TargetPath path) {
    int made = Libc.mkdirat(parent.fd(), Scratch.mine().name(path.last()), 0755);
    if (made < 0 && !Errno.EEXIST.is(made)) {
      throw Failures.of(path.toString(), -made);
    }
    parent.sync();
  }

  private Target existing(TargetPath path) {
    Optional<Target> found = Target.open(opener, root, path);
    return found.orElseThrow(
        () -> Failures.refused(path.toString(), Errno.ENOENT, "removed meanwhile"));
  }
}
