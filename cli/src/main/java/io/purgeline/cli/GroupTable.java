package io.purgeline.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Groups of dead letters, one a line. */
final class GroupTable {

  private GroupTable() {}

  static Table of(Stream<JsonNode> groups) {
    var table = new Table("GROUP", "CLASS", "COUNT", "BYTES", "FIRST", "LAST", "STORES", "CAUSE");
    groups.forEach(group ->
        table.row(
            Readable.text(group, "group"),
            Readable.text(group, "class"),
            Readable.text(group, "count"),
            Readable.bytes(group, "bytes"),
            Readable.time(group, "first_seen"),
            Readable.time(group, "last_seen"),
            stores(group),
            Readable.text(group, "title")));
    return table;
  }

  private static String stores(JsonNode group) {
    return group
        .path("stores")
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.joining(" "));
  }
}
