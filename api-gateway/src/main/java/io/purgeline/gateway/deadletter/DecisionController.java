package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.deadletter.DeadLetterView.Detail;
import io.purgeline.gateway.deadletter.Decisions.Chosen;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.operations.OperatorActs;
import io.purgeline.gateway.operations.OperatorActs.Act;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Giving dead letters up, taking that back, leaving them aside: one, or all of a group. */
@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "Dead letters")
class DecisionController {

  private static final String LETTER = "dead_letter";
  private static final String GROUP = "dead_letter_group";

  private final DeadLetters letters;
  private final Decisions decisions;
  private final OperatorActs acts;

  DecisionController(DeadLetters letters, Decisions decisions, OperatorActs acts) {
    this.letters = letters;
    this.decisions = decisions;
    this.acts = acts;
  }

  @Operation(
      summary = "Give a dead letter up",
      description =
          """
          **Warning: what is left of it stays where it is.** Nobody will free these bytes; the deletion is \
          `INCOMPLETE`, never `PURGED`, and its place stays reserved. Can be taken back with `restore`.
          """)
  @PostMapping("/{id}/discard")
  Detail discard(@PathVariable String id, @RequestBody Because body, Principal user) {
    var act = Act.of(user.getName(), LETTER + ".discard", LETTER, id).because(body.reason());
    return one("discard", id, act, (chosen, by) -> decisions.discard(chosen, by));
  }

  @Operation(summary = "Take back that a dead letter was discarded or snoozed")
  @PostMapping("/{id}/restore")
  Detail restore(@PathVariable String id, Principal user) {
    var act = Act.of(user.getName(), LETTER + ".restore", LETTER, id);
    return one("restore", id, act, (chosen, by) -> decisions.restore(chosen, by));
  }

  @Operation(
      summary = "Leave a dead letter aside until a time",
      description = "At most seven days. It is still open, but no alert tells of it.")
  @PostMapping("/{id}/snooze")
  Detail snooze(@PathVariable String id, @RequestBody Until body, Principal user) {
    var until = body.time();
    var act = Act.of(user.getName(), LETTER + ".snooze", LETTER, id).because(body.reason());
    return one("snooze", id, act, (chosen, by) -> decisions.snooze(chosen, by, until));
  }

  @Operation(
      summary = "Give all open dead letters of a group up",
      description = "**Warning: what is left of them stays where it is.**")
  @PostMapping("/groups/{group}/discard")
  Changed discardGroup(@PathVariable String group, @RequestBody Because body, Principal user) {
    var act = Act.of(user.getName(), GROUP + ".discard", GROUP, group).because(body.reason());
    return group(group, act, by -> decisions.discard(Chosen.group(group), by));
  }

  @Operation(summary = "Take back that dead letters of a group were discarded or snoozed")
  @PostMapping("/groups/{group}/restore")
  Changed restoreGroup(@PathVariable String group, Principal user) {
    var act = Act.of(user.getName(), GROUP + ".restore", GROUP, group);
    return group(group, act, by -> decisions.restore(Chosen.group(group), by));
  }

  @Operation(summary = "Leave all open dead letters of a group aside until a time")
  @PostMapping("/groups/{group}/snooze")
  Changed snoozeGroup(@PathVariable String group, @RequestBody Until body, Principal user) {
    var until = body.time();
    var act = Act.of(user.getName(), GROUP + ".snooze", GROUP, group).because(body.reason());
    return group(group, act, by -> decisions.snooze(Chosen.group(group), by, until));
  }

  private Detail one(String name, String id, Act act, Decision decision) {
    var letter = QueryValues.uuid(id, "Invalid dead_letter_id format");
    return acts.perform(
        act,
        by -> {
          if (decision.apply(Chosen.one(letter), by) == 0) {
            throw refusal(name, letter);
          }
          return letters.one(letter);
        });
  }

  private ApiException refusal(String name, UUID id) {
    var state = letters.one(id).letter().state();
    return ApiException.conflict(
        "Cannot %s dead letter %s: it is %s, or part of a replay that goes on."
            .formatted(name, id, state));
  }

  private Changed group(String group, Act act, ToIntFunction<Requester> decision) {
    QueryValues.text("group", group);
    return acts.perform(act, by -> new Changed(group, decision.applyAsInt(by)));
  }

  private interface Decision {
    int apply(Chosen chosen, Requester by);
  }

  /** Why. */
  record Because(@Nullable String reason) {}

  /** Until when, and why. */
  record Until(@Nullable String until, @Nullable String reason) {

    Instant time() {
      if (until == null) {
        throw ApiException.badRequest("A time is needed: until");
      }
      return Objects.requireNonNull(QueryValues.time("until", until)).toInstant();
    }
  }

  /** How many dead letters of a group were changed. */
  record Changed(String group, int changed) {}
}
