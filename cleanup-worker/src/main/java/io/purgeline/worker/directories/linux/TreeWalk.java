package io.purgeline.worker.directories.linux;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Visits every entry of one tree, children before their parents, with as many threads as are free.
 * Holds a bounded number of handles and no lists of names: memory does not grow with the tree.
 */
final class TreeWalk {

  private final ChildOpener opener;
  private final Crew crew;
  private final Supplier<TreeVisitor> visitors;
  private final Directory top;
  private final Phaser threads = new Phaser(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean halted;
  private volatile Hoisting hoisting = new Hoisting();

  /** Each thread gets a visitor of its own. */
  TreeWalk(ChildOpener opener, Crew crew, Directory top, Supplier<TreeVisitor> visitors) {
    this.opener = opener;
    this.crew = crew;
    this.visitors = visitors;
    this.top = top;
  }

  /** Returns when everything was visited or a visitor said stop; throws what a visitor threw. */
  void run() {
    visit(top);
    crew.lendSeatWhile(threads::arriveAndAwaitAdvance);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable thrown -> throw new AssertionError(thrown);
    }
  }

  /** Offers a directory to a free thread, for its first listing or to join one in progress. */
  boolean share(Directory directory) {
    if (halted || !crew.hasFreeSeat()) {
      return false;
    }
    threads.register();
    boolean taken =
        crew.tryRun(() -> {
          try {
            visit(directory);
          } finally {
            threads.arriveAndDeregister();
          }
        });
    if (!taken) {
      threads.arriveAndDeregister();
    }
    return taken;
  }

  ChildOpener opener() {
    return opener;
  }

  Directory top() {
    return top;
  }

  Hoisting hoisting() {
    return hoisting;
  }

  /** The top was left and is listed again: what was hoisted before is like any other entry now. */
  void forgetHoisted() {
    hoisting = new Hoisting();
  }

  boolean isHalted() {
    return halted;
  }

  void halt() {
    halted = true;
  }

  /** Ends the walk; the first failure is what its caller sees. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    halt();
  }

  private void visit(Directory directory) {
    try {
      new TreeWorker(this, visitors.get()).visit(directory);
    } catch (RuntimeException | Error broken) {
      fail(broken);
    }
  }
}
