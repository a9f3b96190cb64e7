package io.purgeline.worker.directories.linux;

import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.Unlinked;
import java.util.Objects;

/** One run of unlinking over one tree. */
final class ParallelUnlinker {

  private final ChildOpener opener;
  private final Crew crew;

  ParallelUnlinker(ChildOpener opener, Crew crew) {
    this.opener = opener;
    this.crew = crew;
  }

  Unlinked unlink(Directory tree, UnlinkControl control) {
    var tally = new Tally(control);
    var left = new LeftBehind(control);
    var locks = new LinkLocks();
    new TreeWalk(opener, crew, tree, () -> new Unlinking(control, tally.newPage(), left, locks))
        .run();
    left.report();
    return new Unlinked(tally.total(), isGone(tree), left.failures(), left.entries());
  }

  private static boolean isGone(Directory tree) {
    var trash = Objects.requireNonNull(tree.parent()).handle();
    boolean gone = Errno.ENOENT.is(Stat.ask(trash, tree.name()));
    if (gone) {
      trash.sync();
    }
    return gone;
  }
}
