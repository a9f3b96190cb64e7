package io.purgeline.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/**
 * How far something is: on a terminal a bar with rate and time left that moves, elsewhere a line
 * when the state changes and otherwise every few seconds; nothing for scripts.
 */
final class Progress {

  private static final int BAR = 24;
  private static final int WIDTH = 79;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final Screen screen;
  private final InstantSource clock;
  private final Meter meter;
  private String state = "";
  private String line = "";
  private long told;

  Progress(Screen screen, InstantSource clock) {
    this.screen = screen;
    this.clock = clock;
    this.meter = new Meter(clock.millis());
  }

  void show(String now, long done, long total) {
    var text = "%s %d of %d%s".formatted(now, done, total, meter.at(clock.millis(), done, total));
    if (screen.isJson()) {
      return;
    }
    if (Screen.isTerminal()) {
      screen.bar(Readable.cut(bar(done, total) + " " + Readable.line(text), WIDTH));
    } else if (!now.equals(state) || !text.equals(line) && isTime()) {
      screen.line("%s", text);
      state = now;
      line = text;
      told = clock.millis();
    }
  }

  private boolean isTime() {
    return clock.millis() - told >= BETWEEN_LINES.toMillis();
  }

  static String bar(long done, long total) {
    var filled = total == 0 ? 0 : Math.clamp(BAR * done / total, 0, BAR);
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
  }

  /** The speed since somebody looks. */
  static final class Meter {

    private static final long SETTLED_MILLIS = 1_000;

    private final long began;
    private long first = -1;

    Meter(long began) {
      this.began = began;
    }

    /** Rate and time left; nothing as long as neither can be told. */
    String at(long now, long done, long total) {
      if (first < 0) {
        first = done;
      }
      var millis = now - began;
      if (done == first || millis < SETTLED_MILLIS || done >= total) {
        return "";
      }
      var perSecond = (done - first) * 1_000.0 / millis;
      var left = Duration.ofSeconds((long) Math.ceil((total - done) / perSecond));
      return String.format(
          Locale.ROOT,
          perSecond < 10 ? ", %.1f/s, %s left" : ", %.0f/s, %s left",
          perSecond,
          Readable.duration(left));
    }
  }
}
