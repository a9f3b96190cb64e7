package io.purgeline.worker.directories.linux;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link TreeWalk}: depth first, in a loop, so that depth costs no stack. */
final class TreeWorker {

  private final TreeWalk walk;
  private final TreeVisitor visitor;
  private final Deque<Listing> listings = new ArrayDeque<>();

  TreeWorker(TreeWalk walk, TreeVisitor visitor) {
    this.walk = walk;
    this.visitor = visitor;
  }

  /** Visits the directory and what is below it, as far as no other thread takes it over. */
  void visit(Directory first) {
    open(first);
    while (!listings.isEmpty()) {
      var listing = listings.getFirst();
      if (!visitsNextOf(listing)) {
        listings.removeFirst();
        finish(listing.directory());
      }
    }
    visitor.done();
  }

  private boolean visitsNextOf(Listing listing) {
    try {
      if (visitor.stop()) {
        walk.halt();
      }
      return !walk.isHalted() && visitNextOf(listing);
    } catch (RuntimeException | Error broken) {
      walk.fail(broken); // the handles are still closed, one after the other
      return false;
    }
  }

  private boolean visitNextOf(Listing listing) {
    var directory = listing.directory();
    var entries = listing.entries();
    int answer = entries.advance();
    if (answer < 0 && !Errno.ENOENT.is(answer)) { // a removed directory has no entries
      directory.keep();
      visitor.closed(parentOf(directory), nameOf(directory), -answer);
    }
    if (answer <= 0) {
      return false;
    }
    if (entries.startsFullBuffer()) {
      offerToJoin(directory);
    }
    var name = entries.name();
    if (directory != walk.top() || walk.hoisting().isDue(name)) {
      visit(directory, name, entries.saysDirectory());
    }
    return true;
  }

  private void offerToJoin(Directory directory) {
    directory.retain();
    if (!walk.share(directory)) {
      directory.release(); // never the last one: this thread's own listing goes on
    }
  }

  private void visit(Directory directory, MemorySegment name, boolean isDirectory) {
    if (isDirectory || visitor.entry(directory, name)) {
      descend(directory, name);
    }
  }

  private void descend(Directory directory, MemorySegment name) {
    if (directory.depth() >= Hoisting.DEPTH
        && walk.hoisting().tryHoist(directory, name, walk.top())) {
      return;
    }
    int opened = walk.opener().open(directory.handle().fd(), name);
    if (opened >= 0) {
      goInto(directory.child(DirectoryEntries.bytes(name), new Handle(opened)));
    } else if (Errno.ENOTDIR.is(opened) || Errno.ELOOP.is(opened)) {
      visitor.entry(directory, name); // a file or a link took its place: never followed
    } else if (!Errno.ENOENT.is(opened)) {
      visitor.closed(directory, name, -opened);
    }
  }

  private void goInto(Directory child) {
    if (!walk.share(child)) {
      open(child);
    }
  }

  /** The last one to leave a directory removes it, and perhaps leaves the one above it, too. */
  private void finish(Directory finished) {
    @Nullable Directory directory = finished;
    while (directory != null && directory.release()) {
      if (mustGoAgainInto(directory)) {
        directory.rewind();
        open(directory);
        return;
      }
      directory.handle().close();
      directory = directory.parent();
    }
  }

  private boolean mustGoAgainInto(Directory directory) {
    if (walk.isHalted()) {
      return false;
    }
    if (directory == walk.top() && walk.hoisting().startNextWave()) {
      return true;
    }
    try {
      boolean again = visitor.leave(directory);
      if (again && directory == walk.top()) {
        walk.forgetHoisted();
      }
      return again;
    } catch (RuntimeException | Error broken) {
      walk.fail(broken);
      return false;
    }
  }

  private void open(Directory directory) {
    var buffer = Scratch.mine().listing(listings.size());
    listings.addFirst(new Listing(directory, new DirectoryEntries(directory.handle(), buffer)));
  }

  private static Directory parentOf(Directory directory) {
    return Objects.requireNonNull(directory.parent());
  }

  private static MemorySegment nameOf(Directory directory) {
    return Scratch.mine().name(directory.name());
  }

  private record Listing(Directory directory, DirectoryEntries entries) {}
}
