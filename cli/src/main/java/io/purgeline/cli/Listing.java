package io.purgeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that lists. */
abstract class Listing extends ApiCommand {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many; default: ${DEFAULT-VALUE}.")
  private int limit = 50;

  /** Reads the list and shows it as a table, or as the server gave it. */
  final int list(Api api, String path, Table table, BiConsumer<Table, JsonNode> row) {
    if (limit < 1) {
      throw new FailedException(ExitCode.USAGE, "--limit must be 1 or more.");
    }
    var filter = new LinkedHashMap<String, String>();
    filter(filter);
    var page = new Pages(api).read(path, filter, limit);
    screen.json(page);
    page.path("items").forEach(item -> row.accept(table, item));
    show(table, page.has("next_cursor"));
    return ExitCode.DONE;
  }

  /** Adds what was asked for to the query. */
  abstract void filter(Map<String, String> query);

  private void show(Table table, boolean more) {
    if (table.isEmpty()) {
      screen.line("None.");
      return;
    }
    screen.table(table);
    if (more) {
      screen.line("There are more than these %d; --limit shows more.", limit);
    }
  }
}
