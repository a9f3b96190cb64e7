package io.purgeline.benchmarks;

import java.util.Arrays;
import java.util.Collections;

/** Prints rows as a Markdown table, so that they can be put into a document as they are. */
final class Table {

  private Table() {}

  static void header(String... cells) {
    System.out.println();
    row(cells);
    row(Collections.nCopies(cells.length, "---").toArray(String[]::new));
  }

  static void row(String... cells) {
    System.out.println("| " + String.join(" | ", Arrays.asList(cells)) + " |");
  }
}
