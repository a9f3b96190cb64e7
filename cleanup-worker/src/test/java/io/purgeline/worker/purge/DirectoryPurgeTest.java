package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.deletion.TaskState;
import io.purgeline.worker.directories.TreeIdentity;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.Tally;
import io.purgeline.worker.testing.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a purge of a directory removes, keeps and counts. */
class DirectoryPurgeTest extends OnDirectory {

  @Test
  void purgesTheWholeTreeAndCountsItsFiles() {
    Tree.fill(target(), 1_250, 100);

    var task = delete().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(1_250));
    assertThat(task.bytes()).isEqualTo(Tally.purged(125_000));
    assertThat(target()).doesNotExist();
    assertThat(trash().resolve(task.id().toString())).doesNotExist();
  }

  @Test
  void succeedsWhereTheDirectoryIsMissing() {
    var task = delete().await(PURGED);

    assertThat(task.state()).isEqualTo(TaskState.DONE);
    assertThat(task.objects()).isEqualTo(Tally.purged(0));
  }

  @Test
  void removesALinkAndNotWhatItPointsTo() throws IOException {
    var victim = Tree.file(root().resolve("victim-" + directory()), "precious");
    Tree.fill(target(), 2, 10);
    Files.createSymbolicLink(target().resolve("link"), victim);
    Files.createSymbolicLink(target().resolve("parent-link"), victim.getParent());

    var task = delete().await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(4));
    assertThat(victim).hasContent("precious");
  }

  @Test
  void refusesALinkInThePlaceOfTheDirectory() throws IOException {
    var victim = Tree.fill(root().resolve("victim-" + directory()), 3, 10);
    Files.createSymbolicLink(target(), victim);

    var task = delete().await(DEAD);

    assertThat(task.objects()).isEqualTo(Tally.purged(0));
    assertThat(Tree.contents(victim)).hasSize(3);
  }

  @Test
  void purgesWhatAWriterPutsAtThePathMeanwhile() {
    Tree.fill(target(), 2_000, 10);
    var stop = new AtomicBoolean();
    try (var writer = Executors.newVirtualThreadPerTaskExecutor()) {
      var written = writer.submit(() -> writeUntil(stop));
      var deletion = pipeline().training().at(location()).settling().commit();
      deletion.awaitTask(task -> task.objects().purged() > 2_000);
      stop.set(true);

      var task = deletion.await(PURGED);

      assertThat(task.objects().purged()).isEqualTo(2_000 + written.resultNow());
      assertThat(target()).doesNotExist();
    }
  }

  /** Makes the directory anew, again and again, and one file in it each time it is gone. */
  private int writeUntil(AtomicBoolean stop) throws IOException {
    var written = 0;
    while (!stop.get()) {
      if (!Files.exists(target())) {
        var made = Files.createDirectory(trash().resolveSibling("new-" + written));
        Tree.file(made.resolve("late"), "late");
        Files.createDirectories(target().getParent());
        Files.move(made, target());
        written++;
      }
      Thread.onSpinWait();
    }
    return written;
  }

  @Test
  void isDeadWhenADirectoryCannotBeRemovedAndNamesIt() throws IOException {
    Tree.fill(target(), 3, 10);
    var stubborn = Files.createDirectory(target().resolve("stubborn"));
    Tree.run("chattr", "+i", stubborn.toString());

    var deletion = delete();

    var task = deletion.await(DEAD);
    assertThat(task.objects()).isEqualTo(Tally.purged(3));
    assertThat(task.attempts()).isEqualTo(3);
    assertThat(deletion.failures()).isNotEmpty().first().asString().contains("stubborn");
    assertThat(deletion.deadLetters()).containsExactly("ITEM 3");
    Tree.output("chattr", "-R", "-f", "-i", trash().toString());
  }

  @Test
  void purgesTheTreeThatTookThePlaceOfTheOneFoundBeforeACrash() {
    Tree.fill(target(), 7, 10);

    var task = afterACrash(deletion -> cursor(new TreeIdentity(1, 1)), 0, 0).await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(7));
    assertThat(target()).doesNotExist();
  }

  @Test
  void countsWhatWasUnlinkedBeforeACrashAndWhatCameAfterIt() {
    Tree.fill(target(), 7, 10);

    var task = afterACrash(deletion -> cursor(new TreeIdentity(1, 1)), 5, 2).await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(12));
    assertThat(target()).doesNotExist();
  }

  @Test
  void keepsWhatWasConfirmedThoughAWriterAddedMoreBeforeTheCrash() {
    Tree.fill(target(), 9, 10);

    var task = afterACrash(deletion -> cursor(moveAside(deletion.task().id())), 5, 4).await(PURGED);

    assertThat(task.objects()).isEqualTo(Tally.purged(13));
  }

  /** A deletion whose worker was lost, as its row tells: so many files counted and unlinked. */
  private Deletion afterACrash(Function<Deletion, String> cursor, int counted, int unlinked) {
    pipeline().awaitFrozen();
    try {
      var deletion = delete();
      pipeline()
          .records()
          .change(
              """
              update purge_task set cursor = ?::jsonb, objects_planned = ?, bytes_planned = ?,
                objects_purged = ?, bytes_purged = ?
              where deletion_id = ?
              """,
              cursor.apply(deletion),
              counted,
              counted * 10,
              unlinked,
              unlinked * 10,
              deletion.id());
      return deletion;
    } finally {
      pipeline().thaw();
    }
  }

  private static String cursor(TreeIdentity tree) {
    return DirectoryCursor.found(tree).write();
  }

  private TreeIdentity moveAside(UUID task) {
    try {
      var found = Tree.identity(target());
      Files.move(target(), Files.createDirectories(trash()).resolve(task.toString()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
