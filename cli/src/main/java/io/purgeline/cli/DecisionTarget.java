package io.purgeline.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What is decided about: one dead letter, or all of a group. */
final class DecisionTarget {

  /** So many letters are read to see how many are left aside. */
  private static final int LOOKED_THROUGH = 1_000;

  @Parameters(paramLabel = "ID", description = "One dead letter.")
  private @Nullable String id;

  @Option(names = "--group", paramLabel = "GROUP", description = "All of a group.")
  private @Nullable String group;

  JsonNode decide(Api api, String act, Map<String, ?> body) {
    return id != null
        ? api.post(Api.path("/dead-letters/%s/" + act, id), body)
        : api.post(Api.path("/dead-letters/groups/%s/" + act, String.valueOf(group)), body);
  }

  /** What a person has to know before it is discarded or snoozed. */
  String described(Api api) {
    return id != null ? letter(api, id) : group(api, String.valueOf(group));
  }

  /** Whether more are open than anything is done to without asking. */
  boolean openAreMany(Api api) {
    return group != null && letters(api, group, "OPEN", Screen.MANY + 1).size() > Screen.MANY;
  }

  /**
   * Whether more may be discarded or snoozed than anything is done to without asking. How many are
   * snoozed is only known where not too many are open.
   */
  boolean decidedMayBeMany(Api api) {
    if (group == null) {
      return false;
    }
    var open = letters(api, group, "OPEN", LOOKED_THROUGH + 1);
    var snoozed = open.stream().filter(letter -> letter.path("snoozed_until").isString()).count();
    var discarded = letters(api, group, "DISCARDED", Screen.MANY + 1).size();
    return open.size() > LOOKED_THROUGH || discarded + snoozed > Screen.MANY;
  }

  private static String letter(Api api, String id) {
    var letter = api.get(Api.path("/dead-letters/%s", id));
    var resource = letter.path("resource");
    var of =
        resource.isObject()
            ? " of " + Readable.text(resource, "kind") + " " + Readable.text(resource, "name")
            : "";
    return "dead letter %s%s, %s".formatted(id, of, Readable.bytes(letter, "bytes"));
  }

  private static String group(Api api, String group) {
    return counted(api, group)
        .map(one ->
            "all %d dead letters of group %s (%s), %s"
                .formatted(
                    one.path("count").asLong(),
                    group,
                    Readable.text(one, "title"),
                    Readable.bytes(one, "bytes")))
        .orElseGet(() -> uncounted(api, group));
  }

  private static Optional<JsonNode> counted(Api api, String group) {
    return api.get("/dead-letters/groups")
        .path("items")
        .valueStream()
        .filter(one -> Readable.text(one, "group").equals(group))
        .findFirst();
  }

  /** Only the largest groups are counted. */
  private static String uncounted(Api api, String group) {
    var letters = letters(api, group, "OPEN", 1);
    if (letters.isEmpty()) {
      throw new FailedException(
          ExitCode.REFUSED, "No dead letter of group %s is open.".formatted(group));
    }
    return "all dead letters of group %s (%s)"
        .formatted(group, Readable.text(letters.getFirst(), "message"));
  }

  private static List<JsonNode> letters(Api api, String group, String state, int most) {
    return new Pages(api)
        .read("/dead-letters", Map.of("group", group, "state", state), most)
        .path("items")
        .valueStream()
        .toList();
  }

  @Override
  public String toString() {
    return id != null ? "dead letter " + id : "group " + group;
  }
}
