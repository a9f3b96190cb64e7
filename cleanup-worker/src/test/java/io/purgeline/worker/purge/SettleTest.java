package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.deletion.DeletionState.PURGING;
import static io.purgeline.deletion.DeletionState.RETAINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Stores;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.Tree;
import java.sql.Timestamp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A place whose writer may still be at work must stay empty for a whole settling time. */
class SettleTest extends OnPipeline {

  /** Long enough to write something meanwhile. */
  SettleTest() {
    super("purge.settle-time=8s");
  }

  @Test
  void purgesAnObjectThatArrivesLaterAndWaitsAnew() {
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 5, 10);
    var deletion = pipeline().dataset().at(uri()).settling().commit();
    var first = awaitSettling(deletion, new Timestamp(0));

    pipeline().objects().put(pipeline().bucket(), prefix() + "late", new byte[7]);

    var second = awaitSettling(deletion, first);
    assertThat(deletion.state()).isEqualTo(PURGING);
    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(6));
    assertThat(task.bytes()).isEqualTo(Tally.purged(57));
    assertThat(deletion.finishedAt()).isAfterOrEqualTo(second);
  }

  @Test
  void abortsAnUploadThatBeginsLaterAndWaitsAnew() {
    var deletion = pipeline().dataset().at(uri()).settling().commit();
    var first = awaitSettling(deletion, new Timestamp(0));

    pipeline().objects().startUpload(pipeline().bucket(), prefix() + "late");

    var second = awaitSettling(deletion, first);
    deletion.await(PURGED);
    assertThat(uploads()).isZero();
    assertThat(deletion.finishedAt()).isAfterOrEqualTo(second);
  }

  private int uploads() {
    try (var store = Stores.connect(pipeline().servers().minio().access())) {
      return store.uploads(store.bucket(pipeline().bucket()), prefix()).found().size();
    }
  }

  @Test
  void purgesADirectoryThatArrivesLaterAndWaitsAnew() {
    var target = pipeline().root("trainings").resolve(directory());
    var deletion = pipeline().training().at("dir://trainings/" + directory()).settling().commit();
    var first = awaitSettling(deletion, new Timestamp(0));

    Tree.fill(target, 3, 10);

    var second = awaitSettling(deletion, first);
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(3));
    assertThat(deletion.finishedAt()).isAfterOrEqualTo(second);
  }

  /** What is locked stays, but what comes beside it must not stay with it. */
  @Test
  void purgesAnObjectThatArrivesLaterBesideALockedOne() {
    var bucket = pipeline().lockedBucket();
    var held = prefix() + "held";
    pipeline().objects().hold(bucket, held, pipeline().objects().put(bucket, held, new byte[1]));
    var deletion = pipeline().dataset().at(uri(bucket)).settling().commit();
    var first = awaitSettling(deletion, new Timestamp(0));
    assertThat(deletion.state()).isEqualTo(PURGING);

    pipeline().objects().put(bucket, prefix() + "late", new byte[7]);

    awaitSettling(deletion, first);
    assertThat(deletion.await(RETAINED).objects()).isEqualTo(new Tally(2, 1, 0, 1, 0));
  }

  @Test
  void doesNotWaitWhereNobodyWrites() {
    var deletion = pipeline().dataset().at(uri()).commit();

    deletion.await(PURGED);

    assertThat(
            deletion
                .records()
                .number(
                    "select count(*) from purge_task where deletion_id = ? and settle_until is null",
                    deletion.id()))
        .isOne();
  }

  /** The end of the settling time that began after the given one. */
  private static Timestamp awaitSettling(Deletion deletion, Timestamp earlier) {
    deletion.awaitTask(task -> {
      var until = until(deletion);
      return task.state() == TaskState.WAITING && until != null && until.after(earlier);
    });
    return Objects.requireNonNull(until(deletion));
  }

  private static @Nullable Timestamp until(Deletion deletion) {
    return deletion
        .records()
        .jdbc()
        .sql("select settle_until from purge_task where deletion_id = ?")
        .param(deletion.id())
        .query(Timestamp.class)
        .optional()
        .orElse(null);
  }
}
