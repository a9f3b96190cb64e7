package io.purgeline.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exactly one way to say which dead letters are meant. */
final class ReplaySelector {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "These dead letters.")
  private @Nullable List<String> ids;

  @Option(names = "--group", paramLabel = "GROUP", description = "All of a group.")
  private @Nullable String group;

  @Option(names = "--all", description = "All that are open.")
  private boolean all;

  @ArgGroup(exclusive = false)
  private @Nullable LetterFilter filter;

  /** As the API reads it. */
  Map<String, ?> json() {
    if (ids != null) {
      return Map.of("ids", ids);
    }
    if (group != null) {
      return Map.of("group", group);
    }
    return filter != null ? Map.of("filter", open(filter)) : Map.of("all", all);
  }

  private static Map<String, String> open(LetterFilter filter) {
    var json = new LinkedHashMap<String, String>();
    json.put("state", "OPEN");
    filter.put(json);
    return json;
  }

  /** How many were named one by one. */
  int named() {
    return ids == null ? 0 : new LinkedHashSet<>(ids).size();
  }
}
