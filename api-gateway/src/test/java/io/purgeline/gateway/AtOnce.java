package io.purgeline.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Several clients that start at the same moment. */
public final class AtOnce {

  private AtOnce() {}

  /** What each of them got, in order. */
  public static <T> List<T> all(int clients, IntFunction<T> work) throws Exception {
    var start = new CyclicBarrier(clients);
    try (var threads = Executors.newFixedThreadPool(clients)) {
      var running =
          IntStream.range(0, clients)
              .mapToObj(n ->
                  threads.submit(() -> {
                    start.await();
                    return work.apply(n);
                  }))
              .toList();
      var results = new ArrayList<T>();
      for (var one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
