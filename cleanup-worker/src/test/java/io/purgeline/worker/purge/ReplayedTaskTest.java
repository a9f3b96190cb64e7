package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Pipeline;
import org.junit.jupiter.api.Test;

/**
 * A task that was dead and put back: that it fails as before is known at once, everything else is
 * new.
 */
class ReplayedTaskTest extends OnPipeline {

  private static final int MOST_ATTEMPTS = 3;

  ReplayedTaskTest() {
    super("retry.max-attempts=" + MOST_ATTEMPTS);
  }

  @Test
  void isDeadAtOnceIfItFailsAsBefore() {
    var deletion = dead();
    assertThat(deletion.history()).hasSize(MOST_ATTEMPTS);

    deletion.putBack(deletion.group());

    assertThat(deletion.await(DEAD).attempts()).isOne();
    assertThat(deletion.history()).hasSize(MOST_ATTEMPTS + 1);
    assertThat(deletion.deadLetters()).containsExactly("ITEM 1");
    assertThat(deletion.letter("state")).isEqualTo("OPEN");
    assertThat(deletion.letter("replays")).isEqualTo("1");
  }

  @Test
  void hasAllItsAttemptsIfItFailsOtherwise() {
    var deletion = dead();

    deletion.putBack("another cause");

    assertThat(deletion.await(DEAD).attempts()).isEqualTo(MOST_ATTEMPTS);
    assertThat(deletion.history()).hasSize(2 * MOST_ATTEMPTS);
  }

  @Test
  void resolvesItsLetterAndKeepsWhatItTellsOnceTheCauseIsGone() {
    var deletion = dead();
    pipeline().objects().delete(pipeline().bucket(), denied());

    deletion.putBack(deletion.group());

    deletion.await(PURGED);
    assertThat(deletion.letter("state")).isEqualTo("RESOLVED");
    assertThat(deletion.history()).hasSize(MOST_ATTEMPTS);
  }

  /** What ended it, or was decided about it, in its earlier life is not its end now. */
  @Test
  void beginsANewLifeWithItsLetter() {
    var deletion = dead();
    deletion
        .records()
        .change(
            """
            update dead_letter set resolved_at = now() - interval '1 year', decision = 'why',
              decided_by = 'who', decided_at = now() - interval '1 year'
            where deletion_id = ?
            """,
            deletion.id());

    deletion.putBack(deletion.group());

    deletion.await(DEAD);
    assertThat(deletion.letter("num_nonnulls(resolved_at, decision, decided_by, decided_at)"))
        .isEqualTo("0");
  }

  private Deletion dead() {
    pipeline().objects().put(pipeline().bucket(), denied(), new byte[1]);
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion.await(DEAD);
    return deletion;
  }

  private String denied() {
    return prefix() + Pipeline.DENIED + "/x";
  }
}
