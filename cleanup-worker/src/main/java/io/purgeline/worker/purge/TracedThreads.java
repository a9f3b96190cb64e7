package io.purgeline.worker.purge;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The trace of the request that asked for a purge goes along to the last call of the store. */
final class TracedThreads {

  private static final ContextSnapshotFactory CONTEXT = ContextSnapshotFactory.builder().build();

  private TracedThreads() {}

  /** A virtual thread for each task, in the trace of the thread that submits it. */
  static ExecutorService open() {
    return ContextExecutorService.wrap(
        Executors.newVirtualThreadPerTaskExecutor(), CONTEXT::captureAll);
  }
}
