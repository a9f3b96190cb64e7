package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.location.Location;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.linux.LinuxDirectoryStore;
import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Purged;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Pipeline;
import io.purgeline.worker.testing.Servers;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a directory's purge does when a slice ends, or others change the tree, between its steps.
 */
class DirectorySliceTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final BooleanSupplier UNDISTURBED = () -> false;

  private Pipeline pipeline;
  private WatchedRoot root;
  private Deletion deletion;

  @BeforeEach
  void start() {
    pipeline = Pipeline.on(Servers.shared());
    root = new WatchedRoot(LinuxDirectoryStore.open(trainings(), 2));
    Tree.file(trainings().resolve("run-10/live"), "live");
    Tree.fill(trainings().resolve("run-1"), 250, 10);
    deletion = pipeline.training().at("dir://trainings/run-1").commit();
  }

  @AfterEach
  void neighboursAreUntouched() {
    try {
      var left = Tree.contents(trainings());
      left.remove(DirectoryStore.MARKER); // of a worker that ran
      assertThat(left).isEqualTo(Map.of("run-10/live", "live"));
    } finally {
      root.close();
      pipeline.close();
    }
  }

  @Test
  void countsWhatOthersRemovedAfterTheCountAsAlreadyAbsent() {
    root.afterCount(() -> Tree.run("rm", "-r", tree().resolve("part-1").toString()));

    assertThat(slice(LONG, UNDISTURBED)).isInstanceOf(Purged.class);

    assertThat(deletion.task().objects()).isEqualTo(new Tally(250, 150, 100, 0, 0));
    assertThat(deletion.task().bytes()).isEqualTo(new Tally(2_500, 1_500, 1_000, 0, 0));
  }

  @Test
  void countsWhatAWriterAddedAfterTheCountAsPlannedAndPurged() {
    root.afterCount(() -> Tree.file(tree().resolve("part-1/late"), "late"));

    assertThat(slice(LONG, UNDISTURBED)).isInstanceOf(Purged.class);

    assertThat(deletion.task().objects()).isEqualTo(Tally.purged(251));
    assertThat(deletion.task().bytes()).isEqualTo(Tally.purged(2_504));
  }

  @Test
  void unlinksATreeInTheNextSliceWhenCountingItTookAWholeOne() {
    assertThat(slice(Duration.ZERO, UNDISTURBED)).isInstanceOf(Continue.class);
    assertThat(deletion.task().objects()).isEqualTo(new Tally(250, 0, 0, 0, 0));

    assertThat(slice(LONG, UNDISTURBED)).isInstanceOf(Purged.class);
    assertThat(root.counts()).isOne();
    assertThat(deletion.task().objects()).isEqualTo(Tally.purged(250));
  }

  @Test
  void countsTheRestOfATreeThatIsGivenUpAsFailedUntilItIsReplayed() {
    assertThat(slice(Duration.ZERO, UNDISTURBED)).isInstanceOf(Continue.class);
    deletion.loseTheWorker("lost", 5);
    pipeline.start();

    var dead = deletion.await(DEAD);
    assertThat(dead.objects()).isEqualTo(new Tally(250, 0, 0, 0, 250));
    assertThat(dead.bytes()).isEqualTo(new Tally(2_500, 0, 0, 0, 2_500));
    assertThat(deletion.failures()).containsExactly("Unanswered dir://trainings/run-1");

    deletion.putBack(deletion.group());
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(250));
    assertThat(deletion.failures()).isEmpty();
  }

  @Test
  void countsWhatOthersRemovedBetweenTwoSlicesAsAlreadyAbsent() {
    assertThat(slice(Duration.ZERO, UNDISTURBED)).isInstanceOf(Continue.class);
    Tree.run("rm", "-r", tree().toString());

    assertThat(slice(LONG, UNDISTURBED)).isInstanceOf(Purged.class);

    assertThat(deletion.task().objects()).isEqualTo(new Tally(250, 0, 250, 0, 0));
    assertThat(deletion.task().bytes()).isEqualTo(new Tally(2_500, 0, 2_500, 0, 0));
  }

  @Test
  void handsBackAtOnceWhenTheProcessStopsWhileItCounts() {
    var asked = new AtomicInteger();

    assertThat(slice(LONG, () -> asked.incrementAndGet() > 50)).isInstanceOf(Continue.class);

    assertThat(asked.get()).isLessThan(60);
    assertThat(Tree.contents(tree())).hasSize(250);
    assertThat(slice(LONG, UNDISTURBED)).isInstanceOf(Purged.class);
    assertThat(deletion.task().objects()).isEqualTo(Tally.purged(250));
  }

  /** One slice of so much time, as a worker would do it. */
  private Outcome slice(Duration time, BooleanSupplier interrupted) {
    var asked = System.nanoTime();
    pipeline
        .records()
        .change(
            "update purge_task set state = 'RUNNING', lease_owner = 'test' where deletion_id = ?",
            deletion.id());
    var lease = new Lease(deletion.task().id(), 1, "test", LONG, asked);
    var end = System.nanoTime() + time.toNanos();
    return purge().purge(task(), new Slice(lease, end, interrupted));
  }

  private DirectoryPurge purge() {
    var jdbc = pipeline.records().jdbc();
    var ledger =
        new DirectoryLedger(TransactionOperations.withoutTransaction(), new TaskRow(jdbc, LONG));
    return new DirectoryPurge(
        location -> root,
        ledger,
        new Completion(jdbc, Duration.ZERO),
        new PurgeMetrics(new SimpleMeterRegistry(), List.of()));
  }

  private PurgeTask task() {
    return new PurgeTask(
        deletion.task().id(),
        deletion.id(),
        new PurgeTask.Resource(ResourceKind.TRAINING, deletion.resourceId(), null),
        null,
        Location.parse("dir://trainings/run-1"),
        null,
        "purgeline.directories.trainings",
        0,
        1,
        cursor(),
        null,
        false,
        new PurgeTask.Timing(Instant.now(), Instant.now(), null));
  }

  private @Nullable String cursor() {
    return pipeline
        .records()
        .jdbc()
        .sql("select cursor::text from purge_task where deletion_id = ?")
        .param(deletion.id())
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  private Path trainings() {
    return pipeline.root("trainings");
  }

  /** Where the tree waits for its purge. */
  private Path tree() {
    return trainings().resolve(".purgeline-trash").resolve(deletion.task().id().toString());
  }
}
