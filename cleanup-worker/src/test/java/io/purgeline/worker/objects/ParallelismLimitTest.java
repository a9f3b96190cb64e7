package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParallelismLimitTest {

  @Test
  void staysAtTheMaximumWhereNothingIsRefused() {
    var limit = new ParallelismLimit(5);
    for (int i = 0; i < 100; i++) {
      answer(limit);
    }
    assertThat(limit.current()).isEqualTo(5);
  }

  @Test
  void neverFallsBelowOneAndRisesAgain() {
    var limit = new ParallelismLimit(8);
    for (int i = 0; i < 100; i++) {
      try (var turn = limit.acquire()) {
        turn.throttled();
      }
    }
    assertThat(limit.current()).isEqualTo(1);
    for (int i = 0; i < 200; i++) {
      answerRound(limit);
    }
    assertThat(limit.current()).isEqualTo(8);
  }

  @Test
  void aTurnThatEndsInAnotherErrorGivesItsPlaceBack() throws InterruptedException {
    var limit = new ParallelismLimit(1);
    limit.acquire().close();
    var second = Thread.ofVirtual().start(() -> answer(limit));
    assertThat(second.join(Duration.ofMinutes(1))).isTrue();
    assertThat(limit.current()).isEqualTo(1);
  }

  /** As many requests at a time as the limit allows. */
  private static void answerRound(ParallelismLimit limit) {
    var turns = Stream.generate(limit::acquire).limit(limit.current()).toList();
    turns.forEach(ParallelismLimit.Turn::succeeded);
    turns.forEach(ParallelismLimit.Turn::close);
  }

  private static void answer(ParallelismLimit limit) {
    try (var turn = limit.acquire()) {
      turn.succeeded();
    }
  }
}
