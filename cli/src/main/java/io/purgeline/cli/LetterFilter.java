package io.purgeline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant, by what they are: the same words to list and to replay them. */
final class LetterFilter {

  /** Why a purge gives up. */
  enum FailureClass {
    ITEM,
    BUG,
    CRASH_LOOP,
    UNREADABLE
  }

  @Option(names = "--class", description = "Those of one class: ${COMPLETION-CANDIDATES}.")
  private @Nullable FailureClass failureClass;

  @Option(names = "--kind", description = "Those of one kind: ${COMPLETION-CANDIDATES}.")
  private DeleteCommand.@Nullable Kind kind;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Those that failed then or later, such as 2026-12-01T08:00:00Z.")
  private @Nullable String since;

  @Option(
      names = "--deletion",
      paramLabel = "ID",
      description = "Those of one deletion; of a job's, those of its datasets, too.")
  private @Nullable String deletion;

  /** Adds what was given, as the API calls it. */
  void put(Map<String, String> query) {
    Pages.put(query, "class", failureClass);
    Pages.put(query, "kind", kind);
    Pages.put(query, "since", since);
    Pages.put(query, "deletion_id", deletion);
  }
}
