package io.purgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which stores are out of which workers' reach. */
final class Outages {

  private Outages() {}

  /** One line for each store and problem; buckets of one store share its outages. */
  static List<String> told(List<JsonNode> stores) {
    var told = new LinkedHashMap<Problem, TreeSet<String>>();
    for (var place : stores) {
      for (var outage : place.path("out_of_reach")) {
        told.computeIfAbsent(Problem.of(place, outage), problem -> new TreeSet<>())
            .add(
                "%s (since %s)"
                    .formatted(Readable.text(outage, "worker"), Readable.time(outage, "since")));
      }
    }
    return told.entrySet().stream().map(Outages::line).toList();
  }

  private static String line(Map.Entry<Problem, TreeSet<String>> one) {
    return "%s is out of reach of %s: %s"
        .formatted(one.getKey().store(), String.join(", ", one.getValue()), one.getKey().text());
  }

  private record Problem(String store, String text) {

    static Problem of(JsonNode place, JsonNode outage) {
      var name = Readable.text(place, "place");
      var whole = outage.path("whole").asBoolean(true);
      return new Problem(whole ? store(name) : name, Readable.text(outage, "problem"));
    }

    /** {@code s3://main} of {@code s3://main/bucket}. */
    private static String store(String place) {
      var end = place.indexOf('/', place.indexOf("://") + 3);
      return end < 0 ? place : place.substring(0, end);
    }
  }
}
