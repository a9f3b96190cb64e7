package io.purgeline.cli;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Shows one thing: each field that is set on a line, what is inside of it indented below. */
final class Details {

  private final Screen screen;

  private Details(Screen screen) {
    this.screen = screen;
  }

  static int show(Screen screen, JsonNode node) {
    return show(screen, node, name -> true);
  }

  /** The same without some of its fields, which only scripts get. */
  static int show(Screen screen, JsonNode node, Predicate<String> isShown) {
    screen.json(node);
    var details = new Details(screen);
    node.propertyStream()
        .filter(field -> !field.getValue().isNull() && isShown.test(field.getKey()))
        .forEach(field -> details.field(field.getKey(), field.getValue(), ""));
    return ExitCode.DONE;
  }

  private void fields(JsonNode node, String indent) {
    for (var field : node.properties()) {
      if (!field.getValue().isNull()) {
        field(field.getKey(), field.getValue(), indent);
      }
    }
  }

  private void field(String name, JsonNode value, String indent) {
    if (value.isObject()) {
      screen.line("%s%s:", indent, name);
      fields(value, indent + "  ");
    } else if (value.isArray()) {
      screen.line("%s%s:%s", indent, name, value.isEmpty() ? " none" : "");
      value.forEach(item -> item(item, indent + "  "));
    } else {
      scalar(indent + name + ":", value, indent + "  ");
    }
  }

  private void item(JsonNode item, String indent) {
    if (item.isContainer()) {
      screen.line("%s-", indent);
      fields(item, indent + "  ");
    } else {
      scalar(indent + "-", item, indent + "  ");
    }
  }

  /** A text of several lines, such as a stack, begins on a line of its own. */
  private void scalar(String begin, JsonNode value, String indent) {
    var text = value.isNull() ? "" : value.asString();
    if (text.strip().indexOf('\n') < 0) {
      screen.line("%s", (begin + " " + text.strip()).stripTrailing());
    } else {
      screen.line("%s", begin);
      text.lines().forEach(line -> screen.line("%s", indent + line.replace("\t", "  ")));
    }
  }
}
