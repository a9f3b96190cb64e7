package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface LookContract extends OnDisk {

  @Test
  default void findsNothingWhereNothingIs() {
    assertThat(store().look("runs/run-1")).isEmpty();
    assertThat(store().look("nowhere/at/all")).isEmpty();
  }

  @Test
  default void findsTheSameTreeTwiceAndTellsItFromItsSuccessor() {
    disk().makeSmallTarget();
    var found = store().look(Disk.TARGET);
    assertThat(store().look(Disk.TARGET)).isPresent().isEqualTo(found);
    disk().move(disk().target(), disk().root().resolve("elsewhere"));
    disk().makeSmallTarget();
    assertThat(store().look(Disk.TARGET)).isPresent().isNotEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        ".",
        "..",
        "../outside/victim",
        "runs/../../outside/victim",
        "runs/./run-10",
        "/runs/run-10",
        "runs//run-10",
        "runs/run-10/",
        "runs/run-10\0",
        "runs/\ud800",
        ".purgeline-trash",
        ".purgeline-trash/task"
      })
  default void refusesPathsThatLeadAnywhereElse(String path) {
    assertThatThrownBy(() -> store().look(path))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.failure().code()).isEqualTo("EINVAL"));
  }

  @Test
  default void refusesNamesThatAreTooLong() {
    assertThatThrownBy(() -> store().look("runs/" + "ä".repeat(128)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ENAMETOOLONG");
  }

  @Test
  default void refusesASymbolicLinkAsTarget() {
    disk().link(disk().target(), disk().victim());
    assertThatThrownBy(() -> store().look(Disk.TARGET))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("symbolic link")
        .hasMessageContaining("(runs/run-1)");
  }

  @Test
  default void refusesASymbolicLinkOnTheWay() {
    disk().link(disk().root().resolve("way"), disk().base().resolve("outside"));
    assertThatThrownBy(() -> store().look("way/victim"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("symbolic link")
        .hasMessageContaining("(way)");
  }

  @Test
  default void refusesAFileWhereADirectoryIsExpected() {
    assertThatThrownBy(() -> store().look("live.txt"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ENOTDIR");
    assertThatThrownBy(() -> store().look("live.txt/below"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("(live.txt)");
  }
}
