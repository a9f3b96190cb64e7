package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void makesColumnsAsWideAsTheirWidestCell() {
    var table = new Table("ID", "STATE", "NAME");
    table.row("1", "DISCARDED", "a");
    table.row("long-id", "OPEN", "");

    assertThat(table.lines())
        .containsExactly("ID       STATE      NAME", "1        DISCARDED  a", "long-id  OPEN");
  }

  @Test
  void letsNoCellMoveTheCursor() {
    var table = new Table("NAME");
    table.row("x\n\033[1A");

    assertThat(table.lines()).containsExactly("NAME", "x??[1A");
  }

  @Test
  void knowsWhetherItHasRows() {
    var table = new Table("NAME");
    assertThat(table.isEmpty()).isTrue();
    table.row("x");
    assertThat(table.isEmpty()).isFalse();
  }

  @Test
  void refusesARowOfAnotherWidth() {
    var table = new Table("ID", "NAME");
    assertThatThrownBy(() -> table.row("1")).isInstanceOf(IllegalArgumentException.class);
  }
}
