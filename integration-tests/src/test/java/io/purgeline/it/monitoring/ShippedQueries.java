package io.purgeline.it.monitoring;

import io.purgeline.it.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every query of the dashboards and the rules in {@code deploy}, and of the documents. */
final class ShippedQueries {

  private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
  private static final Pattern IN_TEMPLATE =
      Pattern.compile(
          """
          query "((?:\\\\.|[^"\\\\])*)"|printf "((?:\\\\.|[^"\\\\])*)"[^}]*\\| *query\
          """);
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\(([^,]+), *(\\w+)\\)");

  private ShippedQueries() {}

  /**
   * One query.
   *
   * @param where what it belongs to, for a person
   * @param expression as Prometheus takes it: variables are filled in
   * @param shown labels whose values are shown
   */
  record Query(String where, String expression, List<String> shown) {

    @Override
    public String toString() {
      return where + ": " + expression;
    }
  }

  static Stream<Query> all() {
    return Stream.of(ofDashboards(), ofRules(), ofDocuments()).flatMap(queries -> queries);
  }

  static Stream<Query> ofDocuments() {
    return Documents.blocks("promql")
        .map(block -> new Query(block.place(), block.text().strip(), List.of()));
  }

  static Stream<Query> ofDashboards() {
    return files("grafana/dashboards", ".json")
        .flatMap(file -> {
          var dashboard = JsonMapper.builder().build().readTree(read(file));
          var queries = new ArrayList<Query>();
          collect(dashboard, "", queries);
          return queries.stream();
        });
  }

  static Stream<Query> ofRules() {
    return rules()
        .flatMap(rule -> {
          var where = String.valueOf(rule.getOrDefault("alert", rule.get("record")));
          var expression = new Query(where, (String) rule.get("expr"), List.of());
          return Stream.concat(Stream.of(expression), ofTemplates(where, rule.get("annotations")));
        });
  }

  /** The names that the rules give to what they record. */
  static Stream<String> recorded() {
    return rules()
        .filter(rule -> rule.containsKey("record"))
        .map(rule -> (String) rule.get("record"));
  }

  /** The rules as they are written. */
  @SuppressWarnings("unchecked")
  static Stream<Map<String, Object>> rules() {
    return files("prometheus/rules", ".yml")
        .flatMap(file -> {
          Map<String, List<Map<String, Object>>> content = new Yaml().load(read(file));
          return content.get("groups").stream();
        })
        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream());
  }

  /** The files below a folder of {@code deploy}. */
  static Stream<Path> files(String folder, String end) {
    try (var entries = Files.list(DEPLOY.resolve(folder))) {
      return entries.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode node, String where, List<Query> queries) {
    var title = node.path("title").asString("");
    var here = where.isEmpty() || title.isEmpty() ? where + title : where + " / " + title;
    if (node.path("expr").isString()) {
      var expression = filledIn(node.path("expr").stringValue());
      queries.add(new Query(here, expression, legend(node.path("legendFormat").asString(""))));
    }
    variable(node.path("definition").asString(""), here, queries);
    node.forEach(child -> collect(child, here, queries));
  }

  /** A variable that lists the values of a label is a query by that label. */
  private static void variable(String definition, String where, List<Query> queries) {
    LABEL_VALUES
        .matcher(definition)
        .results()
        .forEach(found -> {
          var expression = "count by (%s) (%s)".formatted(found.group(2), found.group(1));
          queries.add(new Query(where + " / variable", expression, List.of()));
        });
  }

  private static List<String> legend(String format) {
    return LEGEND.matcher(format).results().map(found -> found.group(1)).toList();
  }

  private static String filledIn(String expression) {
    return expression
        .replace("$__rate_interval", "1m")
        .replace("$__interval", "1m")
        .replace("$__range", "1h")
        .replace("$store", ".+");
  }

  private static Stream<Query> ofTemplates(String where, Object annotations) {
    return IN_TEMPLATE
        .matcher(String.valueOf(annotations))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .map(text -> text.replace("\\\"", "\"").replace("=\"%s\"", "=~\".+\""))
        .map(expression -> new Query(where + " / text", expression, List.of()));
  }
}
