package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.directories.TestMount;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.PurgedCounters;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.TaskView;
import io.purgeline.worker.testing.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be unlinked is named, keeps nothing else back, and is tried again. */
class DirectoryFailureTest extends OnDirectory {

  DirectoryFailureTest() {
    super("retry.max-attempts=20", "retry.initial-delay=2s", "retry.max-delay=2s");
  }

  @AfterEach
  void makeRemovable() {
    Tree.output("chattr", "-R", "-f", "-i", root().toString());
  }

  @Test
  void triesAgainWhatCouldNotBeUnlinkedAndCountsItOnce() {
    Tree.fill(target(), 30, 10);
    var stubborn = Tree.file(target().resolve("stubborn"), "12345");
    Tree.run("chattr", "+i", stubborn.toString());
    var before = PurgedCounters.of(pipeline(), "directories.trainings");

    var deletion = delete();
    var failed = awaitFailed(deletion, new Tally(31, 30, 0, 0, 1));
    assertThat(failed.bytes()).isEqualTo(new Tally(305, 300, 0, 0, 5));
    assertThat(before.increase()).isEqualTo(new PurgedCounters.Increase(30, 300));
    awaitFailures(
        deletion, failures -> failures.hasSize(1).first().asString().contains("stubborn"));
    makeRemovable();

    var task = deletion.await(PURGED);
    assertThat(task.objects()).isEqualTo(Tally.purged(31));
    assertThat(before.increase()).isEqualTo(new PurgedCounters.Increase(31, 305));
    assertThat(deletion.failures()).isEmpty();
  }

  @Test
  void listsEveryFileThatCouldNotBeUnlinked() throws IOException {
    var stubborn = Files.createDirectories(target().resolve("stubborn"));
    for (int i = 0; i < 2_500; i++) {
      Files.createFile(stubborn.resolve("file-" + i));
    }
    Tree.run("chattr", "+i", stubborn.toString());

    var deletion = delete();

    awaitFailed(deletion, new Tally(2_500, 0, 0, 0, 2_500));
    awaitFailures(deletion, failures -> failures.hasSize(2_500));
    makeRemovable();
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(2_500));
    assertThat(deletion.failures()).isEmpty();
  }

  @Test
  void unlinksTheRestWhereSomethingWasMountedAfterTheMove() throws IOException {
    var live = Tree.fill(root().resolve("live-" + directory()), 3, 10);
    Tree.fill(target(), 250, 10);
    Files.createDirectory(target().resolve("point"));

    var deletion = movedAside();
    var point = trash().resolve(deletion.task().id().toString()).resolve("point");
    try (var mount = TestMount.bind(live, point)) {
      pipeline().thaw();

      awaitFailed(deletion, Tally.purged(250));
      awaitFailures(
          deletion, failures -> failures.singleElement().asString().contains("EXDEV", "/point"));
      assertThat(Tree.contents(live)).hasSize(3);
    }
    assertThat(deletion.await(PURGED).objects()).isEqualTo(Tally.purged(250));
    assertThat(Tree.contents(live)).hasSize(3);
  }

  @Test
  void forgetsWhyADirectoryWasRefusedOnceNothingIsThere() throws IOException {
    var victim = Tree.fill(root().resolve("victim-" + directory()), 3, 10);
    Files.createSymbolicLink(target(), victim);
    var deletion = delete();
    deletion.awaitTask(task -> task.attempts() > 0);
    awaitFailures(deletion, failures -> failures.singleElement().asString().contains("ELOOP"));

    Files.delete(target());

    deletion.await(PURGED);
    assertThat(deletion.failures()).isEmpty();
    assertThat(Tree.contents(victim)).hasSize(3);
  }

  private static TaskView awaitFailed(Deletion deletion, Tally objects) {
    return deletion.awaitTask(task -> task.attempts() > 0 && task.objects().equals(objects));
  }

  /** Each try forgets them, and lists them anew. */
  private static void awaitFailures(Deletion deletion, Consumer<ListAssert<String>> expected) {
    patiently().untilAsserted(() -> expected.accept(assertThat(deletion.failures())));
  }

  /** A deletion whose tree is in the trash while purging is frozen. */
  private Deletion movedAside() throws IOException {
    pipeline().awaitFrozen();
    var deletion = delete();
    var found = DirectoryCursor.found(Tree.identity(target()));
    moveAside(target(), deletion.task().id());
    pipeline()
        .records()
        .change(
            "update purge_task set cursor = ?::jsonb where deletion_id = ?",
            found.write(),
            deletion.id());
    return deletion;
  }

  private void moveAside(Path tree, UUID task) throws IOException {
    Files.move(tree, Files.createDirectories(trash()).resolve(task.toString()));
  }
}
