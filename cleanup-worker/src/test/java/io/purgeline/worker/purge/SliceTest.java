package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.PURGING;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.LiveNeighbours;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.TaskView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A slice ends in time, however slowly its batches may go, and leaves the way free for others. */
class SliceTest {

  private static final String SHORT = "purge.slice=300ms";
  private static final String SLOW = "purge.max-objects-per-second=5";
  private static final String FAST = "purge.max-objects-per-second=1000";

  /** Rows of the outbox are gone when they are published; their queues are kept here. */
  private static final String KEEP_QUEUES =
      """
      create table published (n bigint generated always as identity, task_id uuid, queue text);
      create function keep_queue() returns trigger language plpgsql as $$
      begin
        insert into purgeline.published (task_id, queue) values (new.task_id, new.routing_key);
        return new;
      end $$;
      create trigger keep_queue after insert on outbox for each row execute function keep_queue()
      """;

  @AutoClose private final Pipeline pipeline = Pipeline.on(Servers.shared());
  private final LiveNeighbours neighbours = new LiveNeighbours(pipeline.objects());

  @AfterEach
  void neighboursAreUntouched() {
    neighbours.assertUntouched();
  }

  @Test
  void endsWhileBatchesWaitForTheirTurn() {
    var deletion = commit(4_000, SLOW, SHORT);

    var task = deletion.awaitTask(SliceTest::hasGotOnAndWaits);

    assertThat(task.objects().purged()).isEqualTo(1_000);
    assertThat(task.attempts()).isZero();
  }

  private static boolean hasGotOnAndWaits(TaskView task) {
    return task.generation() > 3 && task.objects().purged() > 0;
  }

  @Test
  void goesOnLaterWithWhatHadToWaitAndCountsItOnce() {
    var deletion = commit(4_000, FAST, SHORT);

    var task = deletion.await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(4_000));
    assertThat(task.bytes()).isEqualTo(Tally.purged(8_000));
    assertThat(task.generation()).isGreaterThan(3);
    assertThat(pipeline.objects().listVersions(pipeline.bucket(), "run-1/")).isEmpty();
  }

  @Test
  void sendsEverySliceButTheFirstThroughTheLargeQueue() {
    pipeline.records().change(KEEP_QUEUES);

    var task = commit(4_000, FAST, SHORT, "worker.lost-after=1h").await(PURGED);

    var queues =
        pipeline
            .records()
            .texts("select queue from published where task_id = ? order by n", task.id());
    assertThat(queues).hasSize(task.generation()).startsWith("purgeline.objects.main");
    assertThat(queues.subList(1, queues.size())).containsOnly("purgeline.objects.main.large");
  }

  @Test
  void delaysNoSmallPurge() {
    var giant = commit(4_000, SLOW, SHORT, "worker.consumers=1");
    var waiting = giant.awaitTask(later -> later.generation() > 1).generation();

    var small = pipeline.dataset().at(uri("small/")).registered(List.of("small/gone"), 3).commit();

    assertThat(small.await(PURGED).objects()).isEqualTo(new Tally(1, 0, 1, 0, 0));
    assertThat(giant.awaitTask(later -> later.generation() > waiting + 1).attempts()).isZero();
    assertThat(giant.state()).isEqualTo(PURGING);
  }

  private Deletion commit(int objects, String... settings) {
    pipeline.start(settings);
    pipeline.fill(pipeline.bucket(), "run-1/", objects, 2);
    neighbours.settleBeside(pipeline.bucket(), "run-1/");
    return pipeline.dataset().at(uri("run-1/")).commit();
  }

  private String uri(String prefix) {
    return "s3://main/" + pipeline.bucket() + "/" + prefix;
  }
}
