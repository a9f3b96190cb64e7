package io.purgeline.gateway.deletion;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a client prefers to wait for the end of a purge (RFC 7240, {@code Prefer: wait=10}). A
 * preference that makes no sense is ignored, one that is too long is cut.
 *
 * @param seconds 0 to 60
 */
record Preference(int seconds) {

  private static final int LONGEST = 60;
  private static final Pattern WAIT =
      Pattern.compile("(?i)\\s*+wait\\s*+=\\s*+(\"?)([0-9]{1,100})\\1\\s*+(?:;.*)?");

  /** What the request prefers; the header may come more than once. */
  static Optional<Preference> of(HttpServletRequest request) {
    var headers = Collections.list(request.getHeaders("Prefer"));
    return headers.isEmpty() ? Optional.empty() : of(String.join(",", headers));
  }

  /** The first wait among the preferences; later ones don't count. */
  static Optional<Preference> of(String header) {
    return split(header).stream()
        .filter(part -> part.strip().toLowerCase(Locale.ROOT).startsWith("wait"))
        .map(WAIT::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> new Preference(atMost(matcher.group(2))))
        .findFirst();
  }

  private static int atMost(String digits) {
    var significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 2 ? LONGEST : Math.min(LONGEST, Integer.parseInt(significant));
  }

  /** At commas, except those inside quotes. */
  private static List<String> split(String header) {
    var parts = new ArrayList<String>();
    var start = 0;
    var quoted = false;
    for (int i = 0; i < header.length(); i++) {
      if (header.charAt(i) == '"') {
        quoted = !quoted;
      } else if (header.charAt(i) == ',' && !quoted) {
        parts.add(header.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(header.substring(start));
    return parts;
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /** What the answer says was done about it. */
  String applied() {
    return "wait=" + seconds;
  }
}
