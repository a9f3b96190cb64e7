package io.purgeline.gateway.deadletter;

import io.purgeline.database.Conditions;
import io.purgeline.gateway.deadletter.DeadLetterView.Detail;
import io.purgeline.gateway.deadletter.Decisions.Letter;
import io.purgeline.gateway.deletion.Requester;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.operations.OperatorActs;
import io.purgeline.gateway.operations.OperatorActs.Act;
import io.purgeline.gateway.operations.OperatorActs.Done;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
  private static final String RESTORE = "restore";

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
    return one("discard", id, act, decisions::discard);
  }

  @Operation(summary = "Take back that a dead letter was discarded or snoozed")
  @PostMapping("/{id}/restore")
  Detail restore(@PathVariable String id, Principal user) {
    var act = Act.of(user.getName(), LETTER + ".restore", LETTER, id);
    return one(RESTORE, id, act, (which, by) -> decisions.restore(which));
  }

  @Operation(
      summary = "Leave a dead letter aside until a time",
      description = "At most seven days. It is still open, but no alert tells of it.")
  @PostMapping("/{id}/snooze")
  Detail snooze(@PathVariable String id, @RequestBody Until body, Principal user) {
    var until = body.time();
    var act = Act.of(user.getName(), LETTER + ".snooze", LETTER, id).because(body.reason());
    return one("snooze", id, act, (which, by) -> decisions.snooze(which, by, until));
  }

  @Operation(
      summary = "Give all open dead letters of a group up",
      description = "**Warning: what is left of them stays where it is.**")
  @PostMapping("/groups/{group}/discard")
  Changed discardGroup(@PathVariable String group, @RequestBody Because body, Principal user) {
    var act = Act.of(user.getName(), GROUP + ".discard", GROUP, group).because(body.reason());
    return group(group, act, decisions::discard);
  }

  @Operation(summary = "Take back that dead letters of a group were discarded or snoozed")
  @PostMapping("/groups/{group}/restore")
  Changed restoreGroup(@PathVariable String group, Principal user) {
    var act = Act.of(user.getName(), GROUP + ".restore", GROUP, group);
    return group(group, act, (which, by) -> decisions.restore(which));
  }

  @Operation(summary = "Leave all open dead letters of a group aside until a time")
  @PostMapping("/groups/{group}/snooze")
  Changed snoozeGroup(@PathVariable String group, @RequestBody Until body, Principal user) {
    var until = body.time();
    var act = Act.of(user.getName(), GROUP + ".snooze", GROUP, group).because(body.reason());
    return group(group, act, (which, by) -> decisions.snooze(which, by, until));
  }

  private Detail one(String name, String id, Act act, Decision decision) {
    var letter = QueryValues.uuid(id, "Invalid dead_letter_id format");
    return acts.performTold(
        act,
        by -> {
          var decided = decision.apply(new Conditions().and("l.id = :id", "id", letter), by);
          if (decided.isEmpty()) {
            throw refusal(name, letter);
          }
          return Done.of(letters.one(letter)).ofDeletion(decided.getFirst().deletionId());
        });
  }

  private ApiException refusal(String name, UUID id) {
    var state = letters.one(id).letter().state();
    var isClaimed = state == DeadLetterState.OPEN && !name.equals(RESTORE);
    return ApiException.conflict(
        "Cannot %s dead letter %s: it is %s."
            .formatted(name, id, isClaimed ? "part of a replay that goes on" : state));
  }

  /** In portions of one transaction each, so that neither memory nor locks grow with the group. */
  private Changed group(String group, Act act, Decision decision) {
    QueryValues.text("group", group);
    UUID last = null;
    int changed = 0;
    List<Letter> portion;
    do {
      var which =
          new Conditions()
              .and("l.fingerprint = :group", "group", group)
              .and("l.id > :last", "last", last);
      portion = acts.performTold(act, by -> counted(decision.apply(which, by)));
      changed += portion.size();
      last = portion.isEmpty() ? last : portion.getLast().id();
    } while (portion.size() == Decisions.MOST);
    return new Changed(group, changed);
  }

  private static Done<List<Letter>> counted(List<Letter> portion) {
    return Done.of(portion).with("{\"changed\": %d}".formatted(portion.size()));
  }

  private interface Decision {
    List<Letter> apply(Conditions which, Requester by);
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
