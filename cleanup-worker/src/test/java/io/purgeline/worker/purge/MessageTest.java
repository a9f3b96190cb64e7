package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.worker.testing.Messages;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Tally;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a message says is checked against the database; alone it purges nothing. */
class MessageTest extends OnPipeline {

  private static final String QUEUE = "purgeline.objects.main";

  @Test
  void ignoresAMessageOfATaskThatIsUnknown() {
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix(), 3, 1);
    var before = ignored("unknown");

    pipeline().forge(QUEUE, Messages.datasetDeleted(UUID.randomUUID(), 1, UUID.randomUUID()));

    patiently().until(() -> ignored("unknown") >= before + 1);
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).containsOnlyKeys(keys);
  }

  @Test
  void ignoresAnotherCopyOfAMessageThatWasWorkedOn() {
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 3, 1);
    var deletion = pipeline().dataset().at(uri()).commit();
    var task = deletion.await(PURGED);
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix() + "new/", 3, 1);
    var before = ignored("finished");

    pipeline().forge(QUEUE, task.message(deletion.id()));
    pipeline().forge(QUEUE, task.message(deletion.id()));

    patiently().until(() -> ignored("finished") >= before + 2);
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).containsOnlyKeys(keys);
    assertThat(deletion.task()).isEqualTo(task);
  }

  @Test
  void ignoresAMessageOfAnOlderGeneration() {
    pipeline().objects().put(pipeline().bucket(), prefix() + Pipeline.DENIED + "/x", new byte[1]);
    var deletion = pipeline().dataset().at(uri()).commit();
    var dead = deletion.await(DEAD);
    var stale = ignored("stale");

    pipeline().forge(QUEUE, Messages.datasetDeleted(dead.id(), 1, deletion.id()));

    patiently().until(() -> ignored("stale") >= stale + 1);
    assertThat(deletion.task()).isEqualTo(dead);
  }

  @Test
  void ignoresAMessageOfATaskThatAnotherWorkerHolds() {
    var deletion = pipeline().dataset().at(uri()).commit();
    var task = deletion.await(PURGED);
    pipeline()
        .records()
        .change(
            "update purge_task set state = 'RUNNING', lease_owner = 'other',"
                + " lease_until = now() + interval '1 hour' where id = ?",
            task.id());
    var held = ignored("held");

    pipeline().forge(QUEUE, task.message(deletion.id()));

    patiently().until(() -> ignored("held") >= held + 1);
    assertThat(deletion.task().leaseOwner()).isEqualTo("other");
  }

  @Test
  void keepsOneDeadLetterForEachUnreadableBody() {
    var readable = Messages.datasetDeleted(UUID.randomUUID(), 1, UUID.randomUUID());
    var unknownType = readable.replace("\"DatasetDeleted\"", "\"ModelDeleted\"");
    var unknownVersion = readable.replace("dataset-deleted:1", "dataset-deleted:2");
    var noIds = readable.replaceAll("\"task_id\":\"[^\"]*\"", "\"task_id\":\"../../etc\"");

    for (var body :
        new String[] {"{not json", "{not json", unknownType, unknownVersion, noIds, ""}) {
      pipeline().forge(QUEUE, body);
    }

    var unreadable =
        "select count(*) from dead_letter where class = 'UNREADABLE' and state = 'OPEN'";
    patiently().until(() -> pipeline().records().number(unreadable) == 5);
    var seen = "select attempts from dead_letter where body = ?";
    patiently().until(() -> pipeline().records().number(seen, "{not json".getBytes()) == 1);
  }

  @Test
  void buriesATaskWhoseRowCannotBeReadAndGoesOnWithOthers() {
    pipeline().awaitFrozen();
    var broken = pipeline().dataset().at(uri() + "a/").commit();
    pipeline()
        .records()
        .change("update purge_task set location = 'nonsense' where deletion_id = ?", broken.id());
    var fine = pipeline().dataset().at(uri() + "b/").commit();
    pipeline().thaw();

    assertThat(broken.await(DEAD).errorClass()).isEqualTo("CRASH_LOOP");
    fine.await(PURGED);
  }

  @Test
  void givesUpWhatTheProgramItselfCannotDo() {
    pipeline().awaitFrozen();
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix() + "a/", 3, 1);
    var impossible = pipeline().dataset().at(uri() + "a/").commit();
    pipeline()
        .records()
        .change(
            "update purge_task set cursor = '{\"key\": \"elsewhere/x\"}' where deletion_id = ?",
            impossible.id());
    pipeline().objects().putMany(pipeline().bucket(), prefix() + "b/", 3, 1);
    var fine = pipeline().dataset().at(uri() + "b/").commit();
    pipeline().thaw();

    var dead = impossible.await(DEAD);

    assertThat(dead.errorClass()).isEqualTo("BUG");
    assertThat(dead.objects()).isEqualTo(Tally.purged(0));
    assertThat(impossible.deadLetters()).containsExactly("BUG 3");
    assertThat(impossible.letter("exception")).isEqualTo(IllegalArgumentException.class.getName());
    assertThat(impossible.letter("stack"))
        .startsWith(IllegalArgumentException.class.getName())
        .contains("\tat io.purgeline.worker.");
    assertThat(fine.await(PURGED).objects()).isEqualTo(Tally.purged(3));
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).containsOnlyKeys(keys);
  }

  private double ignored(String reason) {
    var counter =
        pipeline()
            .bean(MeterRegistry.class)
            .find("purgeline.messages.ignored")
            .tag("reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }
}
