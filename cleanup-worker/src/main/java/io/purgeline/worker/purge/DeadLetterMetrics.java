package io.purgeline.worker.purge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.database.AfterCommit;
import io.purgeline.deletion.FailureClass;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code purgeline_dead_letters_opened_total{class}} and {@code purgeline_replay_total{result}};
 * each counts what was committed. A letter that is open again because its replay failed counts as a
 * replay that failed, not as another letter.
 */
final class DeadLetterMetrics {

  private static final List<FailureClass> CLASSES =
      List.of(
          FailureClass.ITEM, FailureClass.BUG, FailureClass.CRASH_LOOP, FailureClass.UNREADABLE);

  private final Map<FailureClass, Counter> opened = new EnumMap<>(FailureClass.class);
  private final Counter resolved;
  private final Counter failedAgain;

  DeadLetterMetrics(MeterRegistry registry) {
    for (var each : CLASSES) {
      var counter =
          Counter.builder("purgeline.dead.letters.opened")
              .description("Dead letters that were opened")
              .tag("class", each.name())
              .register(registry);
      opened.put(each, counter);
    }
    resolved = replay(registry, "resolved");
    failedAgain = replay(registry, "failed_again");
  }

  private static Counter replay(MeterRegistry registry, String result) {
    return Counter.builder("purgeline.replay")
        .description("Replayed dead letters, by what came of them")
        .tag("result", result)
        .register(registry);
  }

  void opened(FailureClass failureClass) {
    var counter = opened.get(failureClass);
    if (counter != null) {
      AfterCommit.run(counter::increment);
    }
  }

  void resolved() {
    AfterCommit.run(resolved::increment);
  }

  void failedAgain() {
    AfterCommit.run(failedAgain::increment);
  }
}
