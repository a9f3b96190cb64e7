package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An answer is booked without waiting for the disk. Here the database takes back the first one, as
 * after a crash that the worker did not notice.
 */
class TakenBackTest extends OnPipeline {

  @BeforeEach
  void takeBackTheFirstAnswer() {
    change("create sequence taken_back");
    change(
        """
        create function take_back() returns trigger language plpgsql as $$
        begin
          if nextval('taken_back') > 1 then
            return old;
          end if;
          update purge_task
          set objects_purged = objects_purged - old.objects, bytes_purged = bytes_purged - old.bytes
          where id = old.task_id;
          return null;
        end $$
        """);
    change(
        "create trigger take_back before delete on purge_batch for each row execute function take_back()");
  }

  @AfterEach
  void takeBackNothing() {
    change("drop trigger take_back on purge_batch");
    change("drop function take_back");
    change("drop sequence taken_back");
  }

  @Test
  void sendsAgainWhatTheBooksLost() {
    var keys = pipeline().fill(pipeline().bucket(), prefix(), 1_500, 32);

    var deletion = pipeline().dataset().at(uri()).registered(keys, 32).commit();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(1_500));
    assertThat(task.bytes()).isEqualTo(Tally.purged(1_500 * 32));
    assertThat(pipeline().records().number("select count(*) from purge_batch")).isZero();
  }

  private void change(String sql) {
    pipeline().records().change(sql);
  }
}
