package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Pipeline;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a dead letter tells those who look for the cause. */
class DeadLettersTest extends OnPipeline {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void tellWhoGaveUpWhereAndInWhichTrace() {
    var deletion = dead();

    assertThat(origin(deletion))
        .containsExactly(worker(), Version.RUNNING, TRACE, "purgeline.objects.main", "dataset");
    assertThat(deletion.letter("stack")).as("nothing was thrown").isNull();
  }

  @Test
  void tellSoAgainAfterAReplayAndSinceWhen() {
    var deletion = dead();
    var first = deletion.letter("first_at");
    assertThat(deletion.letter("last_at")).isEqualTo(first);
    deletion
        .records()
        .change(
            "update dead_letter set worker = 'gone', version = 'old' where deletion_id = ?",
            deletion.id());

    deletion.putBack(deletion.group());

    deletion.await(DEAD);
    assertThat(deletion.letter("first_at")).isEqualTo(first);
    assertThat(deletion.letter("last_at > first_at")).isEqualTo("true");
    assertThat(origin(deletion))
        .containsExactly(worker(), Version.RUNNING, TRACE, "purgeline.objects.main", "dataset");
  }

  /** What the place as a whole refuses is thrown. */
  @Test
  void tellWhereItWasThrown() {
    var shadow = prefix().substring(0, prefix().length() - 1);
    pipeline().objects().put(pipeline().bucket(), shadow, new byte[1]);

    var deletion = pipeline().dataset().at(uri()).commit();

    deletion.await(DEAD);
    pipeline().objects().delete(pipeline().bucket(), shadow);
    assertThat(deletion.letter("class")).isEqualTo("ITEM");
    assertThat(deletion.letter("stack")).contains("\tat " + ObjectWork.class.getName());
  }

  private Deletion dead() {
    var denied = prefix() + Pipeline.DENIED + "/x";
    pipeline().objects().put(pipeline().bucket(), denied, new byte[1]);
    var traceparent = "00-" + TRACE + "-00f067aa0ba902b7-01";
    var deletion = pipeline().dataset().at(uri()).traced(traceparent).commit();
    deletion.await(DEAD);
    return deletion;
  }

  private String worker() {
    return pipeline().bean(WorkerName.class).name();
  }

  private static List<@Nullable String> origin(Deletion deletion) {
    return Arrays.asList(
        deletion.letter("worker"),
        deletion.letter("version"),
        deletion.letter("trace_id"),
        deletion.letter("store"),
        deletion.letter("kind"));
  }
}
