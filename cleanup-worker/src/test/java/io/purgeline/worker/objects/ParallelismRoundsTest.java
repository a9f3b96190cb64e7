package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.objects.ParallelismLimit.Turn;
import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit round by round, with a store that refuses exactly what is too much. */
class ParallelismRoundsTest {

  private static final int MAX = 32;

  private final ParallelismLimit limit = new ParallelismLimit(MAX);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20, 31})
  void oneRoundFindsWhatTheStoreTakes(int taken) {
    round(taken);
    assertThat(limit.current()).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20, 31})
  void hardlyARequestIsRefusedOnceItHasSettled(int taken) {
    rounds(50, taken);
    assertThat(rounds(1_000, taken)).isBetween(1, 10);
    assertThat(limit.current()).isBetween(taken, taken + 1);
  }

  @Test
  void aStoreThatTakesMoreAgainIsFoundOut() {
    rounds(300, 2);
    rounds(200, MAX);
    assertThat(limit.current()).isEqualTo(MAX);
  }

  @Test
  void aStoreThatTakesLessIsSparedAtOnce() {
    rounds(100, 20);
    round(4);
    assertThat(limit.current()).isEqualTo(4);
  }

  /** What is too much hangs until its time is up, while the store answers hundreds of others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void doesNotClimbWhileRequestsHang(int taken) {
    for (int timeOut = 0; timeOut < 20; timeOut++) {
      var hanging = new ArrayList<Turn>();
      for (int answer = 0; answer < 1_000; answer++) {
        while (hanging.size() + taken < limit.current()) {
          hanging.add(limit.acquire());
        }
        try (var turn = limit.acquire()) {
          turn.succeeded();
        }
      }
      if (timeOut > 0) {
        assertThat(limit.current()).isBetween(taken, taken + 1);
      }
      hanging.forEach(Turn::throttled);
      hanging.forEach(Turn::close);
    }
  }

  @Test
  void listsBesideAllOthersUntilTheStoreHasRefusedSomething() {
    var only = new ParallelismLimit(1);
    try (var turn = only.acquire();
        var listing = only.acquireToList()) {
      listing.succeeded();
      turn.succeeded();
    }
    assertThat(only.current()).isOne();

    try (var listing = only.acquireToList()) {
      listing.throttled();
    }
    var listing = only.acquireToList();
    assertThat(only.isFree()).isFalse();
    listing.close();
    assertThat(only.isFree()).isTrue();
  }

  /** How many were refused in so many rounds. */
  private int rounds(int count, int taken) {
    return IntStream.range(0, count).map(_ -> round(taken)).sum();
  }

  /** As many requests at once as the limit allows. */
  private int round(int taken) {
    var turns = Stream.generate(limit::acquire).limit(limit.current()).toList();
    for (int i = 0; i < turns.size(); i++) {
      try (var turn = turns.get(i)) {
        if (i < taken) {
          turn.succeeded();
        } else {
          turn.throttled();
        }
      }
    }
    return Math.max(0, turns.size() - taken);
  }
}
