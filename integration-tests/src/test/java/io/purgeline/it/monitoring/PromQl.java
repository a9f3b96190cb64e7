package io.purgeline.it.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: enough of the grammar to tell a metric from a function, a
 * keyword or a label. That the expression is sound is Prometheus' own to say.
 *
 * @param selectors the metrics with their matchers
 * @param groupings the labels that are grouped or joined by
 * @param strings its string literals, without quotes; {@code label_replace} makes labels of some
 */
record PromQl(List<Selector> selectors, Set<String> groupings, Set<String> strings) {

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          #[^\\n]*|"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`|\\[[^\\]]*]\
          |[0-9][0-9a-zA-Z.]*|[a-zA-Z_:][a-zA-Z0-9_:]*|=~|!~|!=|==|\\S\
          """);

  private static final Set<String> LABEL_LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");

  /** A metric and what its labels must be; a label that must not be something is one, too. */
  record Selector(String metric, Set<String> labels, String text) {}

  static PromQl parse(String expression) {
    return new Reader(TOKEN.matcher(expression).results().map(MatchResult::group).toList()).read();
  }

  /** One pass over the tokens. */
  private static final class Reader {

    private final List<String> tokens;
    private final PromQl found =
        new PromQl(new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    private int at;

    Reader(List<String> tokens) {
      this.tokens = tokens.stream().filter(token -> !token.startsWith("#")).toList();
    }

    PromQl read() {
      while (at < tokens.size()) {
        var token = tokens.get(at++);
        if (isString(token)) {
          found.strings.add(token.substring(1, token.length() - 1));
        } else if (isName(token)) {
          name(token);
        }
      }
      return found;
    }

    private void name(String name) {
      if (LABEL_LISTS.contains(name)) {
        if (peek().equals("(")) {
          found.groupings.addAll(namesUntil(")"));
        }
      } else if (!KEYWORDS.contains(name) && !isFunction()) {
        selector(name);
      }
    }

    /** A function is followed by its arguments, an aggregation perhaps by its labels first. */
    private boolean isFunction() {
      return Set.of("(", "by", "without").contains(peek());
    }

    private void selector(String metric) {
      if (!peek().equals("{")) {
        found.selectors.add(new Selector(metric, Set.of(), metric));
        return;
      }
      var begin = at;
      var labels = new LinkedHashSet<>(namesUntil("}"));
      var text = metric + String.join("", tokens.subList(begin, at));
      found.selectors.add(new Selector(metric, labels, text));
    }

    private List<String> namesUntil(String end) {
      var names = new ArrayList<String>();
      while (!tokens.get(at).equals(end)) {
        if (isName(tokens.get(at))) {
          names.add(tokens.get(at));
        }
        at++;
      }
      at++;
      return names;
    }

    private String peek() {
      return at < tokens.size() ? tokens.get(at) : "";
    }

    private static boolean isName(String token) {
      return Character.isLetter(token.charAt(0)) || "_:".indexOf(token.charAt(0)) >= 0;
    }

    private static boolean isString(String token) {
      return token.length() > 1 && "\"'`".indexOf(token.charAt(0)) >= 0;
    }
  }
}
