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
  private @Nullable Filter filter;

  /** The words with which {@code dead-letters ls} selects. */
  static final class Filter {

    @Option(names = "--class", description = "Those of one class: ${COMPLETION-CANDIDATES}.")
    private DeadLettersCommand.@Nullable FailureClass failureClass;

    @Option(names = "--kind", description = "Those of one kind: ${COMPLETION-CANDIDATES}.")
    private DeleteCommand.@Nullable Kind kind;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Those that failed then or later, such as 2026-12-01T08:00:00Z.")
    private @Nullable String since;

    @Option(names = "--deletion", paramLabel = "ID", description = "Those of one deletion.")
    private @Nullable String deletion;

    private Map<String, String> json() {
      var filter = new LinkedHashMap<String, String>();
      filter.put("state", "OPEN");
      Pages.put(filter, "class", failureClass);
      Pages.put(filter, "kind", kind);
      Pages.put(filter, "since", since);
      Pages.put(filter, "deletion_id", deletion);
      return filter;
    }
  }

  /** As the API reads it. */
  Map<String, ?> json() {
    if (ids != null) {
      return Map.of("ids", ids);
    }
    if (group != null) {
      return Map.of("group", group);
    }
    return filter != null ? Map.of("filter", filter.json()) : Map.of("all", all);
  }

  /** How many were named one by one. */
  int named() {
    return ids == null ? 0 : new LinkedHashSet<>(ids).size();
  }
}
