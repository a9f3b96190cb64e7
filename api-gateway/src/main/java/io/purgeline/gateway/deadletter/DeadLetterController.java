package io.purgeline.gateway.deadletter;

import io.purgeline.gateway.deadletter.DeadLetterView.Detail;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What could not be purged, and why. */
@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "Dead letters")
class DeadLetterController {

  private final DeadLetters letters;
  private final DeadLetterGroups groups;

  DeadLetterController(DeadLetters letters, DeadLetterGroups groups) {
    this.letters = letters;
    this.groups = groups;
  }

  @Operation(summary = "Purges that gave up and messages nobody could read, the latest first")
  @GetMapping
  Page<DeadLetterView> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(name = "class", required = false) @Nullable String failureClass,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(name = "deletion_id", required = false) @Nullable String deletionId,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter = DeadLetterFilter.of(state, failureClass, kind, group, since, deletionId);
    return letters.page(filter, limit, QueryValues.uuidCursor(cursor));
  }

  @Operation(summary = "Open dead letters by cause, the largest group first")
  @GetMapping("/groups")
  Groups groups() {
    return new Groups(groups.open());
  }

  @Operation(summary = "One dead letter with its stack, its message and the history of attempts")
  @GetMapping("/{id}")
  Detail one(@PathVariable String id) {
    return letters.one(QueryValues.uuid(id, "Invalid dead_letter_id format"));
  }

  /** All groups. */
  record Groups(List<DeadLetterGroup> items) {}
}
