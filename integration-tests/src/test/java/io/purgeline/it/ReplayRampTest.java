package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Many dead letters of one cause: while it is not repaired, a replay finds out with few of them. A
 * few hundred as a rule, ten thousand with {@code ./purgeline test --all}.
 */
class ReplayRampTest extends OnDeadLetters {

  private static final int LETTERS = Boolean.getBoolean("purgeline.test.all") ? 10_000 : 300;

  @Test
  void stopsWhileTheCauseIsThereAndReplaysAllOfThemWhenItIsGone() {
    var dead = deadDatasets(LETTERS);
    var group = Map.of("group", dead.group());

    var early = awaitReplay(replay(group, Map.of()), "ABORTED");

    assertThat(early.path("total").intValue()).isEqualTo(LETTERS);
    assertThat(early.path("replayed").intValue()).isBetween(1, 30);
    assertThat(early.path("resolved").intValue()).isZero();
    assertThat(early.path("aborted_because").stringValue()).contains(dead.group());
    assertThat(ofJob("l.state", dead.job())).hasSize(LETTERS).containsOnly("OPEN");
    assertThat(objects(dead)).hasSize(LETTERS);

    installation().denyNothing();
    var rate = LETTERS / 5;
    var repaired = awaitReplay(replay(group, Map.of("rate_per_second", rate)), "DONE");

    assertThat(counts(repaired)).containsExactly(LETTERS, LETTERS, LETTERS, 0, 0);
    assertThat(ofJob("l.state", dead.job())).hasSize(LETTERS).containsOnly("RESOLVED");
    assertThat(objects(dead)).isEmpty();
  }

  private Map<String, ?> objects(Dead dead) {
    return installation().s3.contents(installation().bucket, dead.folder());
  }
}
