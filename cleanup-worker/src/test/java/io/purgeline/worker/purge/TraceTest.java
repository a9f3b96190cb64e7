package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many messages a purge takes, all are part of the trace in which it was asked for. */
class TraceTest extends OnPipeline {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-";
  private static final String REQUEST = TRACE + "00f067aa0ba902b7-01";

  /** Rows of the outbox are gone when they are published; their traces are kept here. */
  private static final String KEEP_TRACES =
      """
      create table traced (n bigint generated always as identity, task_id uuid, traceparent text);
      create function keep_trace() returns trigger language plpgsql as $$
      begin
        insert into purgeline.traced (task_id, traceparent) values (new.task_id, coalesce(new.traceparent, 'none'));
        return new;
      end $$;
      create trigger keep_trace after insert on outbox for each row execute function keep_trace()
      """;

  @BeforeAll
  void keepTraces() {
    pipeline().records().change(KEEP_TRACES);
  }

  @Test
  void goesOnInTheNextSlice() {
    var deletion = pipeline().dataset().at(uri()).settling().traced(REQUEST).commit();

    deletion.await(PURGED);

    assertThat(laterMessages(deletion)).isNotEmpty().allMatch(sent -> sent.startsWith(TRACE));
  }

  @Test
  void goesOnWhenTheWorkerWasLost() {
    pipeline().awaitFrozen();
    var deletion = pipeline().dataset().at(uri()).traced(REQUEST).commit();

    deletion.loseTheWorker("lost", 1);

    patiently().until(() -> !laterMessages(deletion).isEmpty());
    pipeline().thaw();
    assertThat(laterMessages(deletion)).startsWith(REQUEST);
    deletion.await(PURGED);
  }

  /** The traces of all but its first message. */
  private List<String> laterMessages(Deletion deletion) {
    return pipeline()
        .records()
        .texts(
            "select traceparent from traced where task_id = ? order by n offset 1",
            deletion.task().id());
  }
}
