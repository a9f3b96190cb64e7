package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Tree;
import org.junit.jupiter.api.Test;

/** Nothing is purged that is not, for certain, the deletion's own. */
class OwnershipTest extends OnPipeline {

  @Test
  void refusesAPlaceThatALiveRecordOwns() {
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix(), 5, 10);
    pipeline().register(uri());

    var deletion = pipeline().dataset().at(uri()).withoutReservation().commit();

    assertRefused(deletion);
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).containsOnlyKeys(keys);
  }

  @Test
  void refusesAPlaceInsideWhichALiveRecordOwnsSomething() {
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix() + "live/", 5, 10);
    pipeline().register(uri() + "live/");

    var deletion = pipeline().dataset().at(uri()).withoutReservation().commit();

    assertRefused(deletion);
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).containsOnlyKeys(keys);
  }

  @Test
  void refusesAPlaceThatNobodyOwns() {
    var keys = pipeline().objects().putMany(pipeline().bucket(), prefix(), 5, 10);

    var deletion = pipeline().dataset().at(uri()).withoutReservation().commit();

    assertRefused(deletion);
    assertThat(pipeline().objects().contents(pipeline().bucket(), prefix())).containsOnlyKeys(keys);
  }

  @Test
  void refusesADirectoryThatALiveRecordOwns() {
    var directory = Tree.fill(pipeline().root("trainings").resolve(directory()), 3, 10);
    pipeline().register("dir://trainings/" + directory());

    var deletion =
        pipeline().training().at("dir://trainings/" + directory()).withoutReservation().commit();

    assertRefused(deletion);
    assertThat(Tree.contents(directory)).hasSize(3);
  }

  @Test
  void refusesADirectoryThatNobodyOwns() {
    var directory = Tree.fill(pipeline().root("trainings").resolve(directory()), 3, 10);

    var deletion =
        pipeline().training().at("dir://trainings/" + directory()).withoutReservation().commit();

    assertRefused(deletion);
    assertThat(Tree.contents(directory)).hasSize(3);
  }

  @Test
  void purgesBesideALiveRecordWhoseNameBeginsAlike() {
    pipeline().objects().putMany(pipeline().bucket(), prefix(), 5, 10);
    pipeline().register(uri().replace("/run-1/", "/run-10/"));

    var deletion = pipeline().dataset().at(uri()).commit();

    assertThat(deletion.await(PURGED).objects().purged()).isEqualTo(5);
  }

  private static void assertRefused(Deletion deletion) {
    var task = deletion.await(DEAD);
    assertThat(task.error()).contains("NotOwned");
    assertThat(task.attempts()).isEqualTo(3);
    assertThat(task.objects().purged()).isZero();
    assertThat(deletion.deadLetters()).containsExactly("ITEM 3");
    assertThat(deletion.failures()).hasSize(1).first().asString().startsWith("NotOwned");
  }
}
