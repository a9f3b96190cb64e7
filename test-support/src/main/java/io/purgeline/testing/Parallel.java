package io.purgeline.testing;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same thing done to many, as many at a time as the fixtures have connections. */
final class Parallel {

  private Parallel() {}

  /** The results in the order of the input; the first failure is thrown. */
  static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    var threads = Thread.ofVirtual().name("fixture-", 0).factory();
    try (var executor = Executors.newFixedThreadPool(S3Client.CONNECTIONS, threads)) {
      var started = items.stream().map(item -> executor.submit(() -> work.apply(item))).toList();
      return started.stream().map(Parallel::result).toList();
    }
  }

  private static <R> R result(Future<R> started) {
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fixture could not be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
