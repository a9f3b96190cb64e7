package io.purgeline.standalone.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Text for a person: headings, facts, and bars that move on a terminal and are one line elsewhere.
 */
final class Screen {

  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void heading(String text) {
    out.println();
    out.println(text);
  }

  void fact(String text) {
    out.println("   " + text);
  }

  void verified(String text) {
    out.println("   [ok] " + text);
  }

  void failed(String text) {
    out.println("   [FAILED] " + text);
  }

  void bar(String what, long done, long total) {
    var finished = done >= total;
    if (!terminal && !finished) {
      return;
    }
    var filled = total == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * done / total);
    var bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    var line = String.format(Locale.ROOT, "   %-12s [%s] %,d of %,d", what, bar, done, total);
    out.print((terminal ? "\r" : "") + line + (finished ? System.lineSeparator() : ""));
    out.flush();
  }

  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    var units = "KMGT";
    var value = bytes / 1024.0;
    var unit = 0;
    while (value >= 1024 && unit < units.length() - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %siB", value, units.charAt(unit));
  }
}
