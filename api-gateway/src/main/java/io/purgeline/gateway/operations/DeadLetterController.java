package io.purgeline.gateway.operations;

import io.purgeline.deletion.FailureClass;
import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.operations.DeadLetterView.Detail;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What could not be purged, and why. */
@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "Operations")
class DeadLetterController {

  private final DeadLetters letters;

  DeadLetterController(DeadLetters letters) {
    this.letters = letters;
  }

  @Operation(summary = "Purges that gave up and messages nobody could read, the latest first")
  @GetMapping
  Page<DeadLetterView> list(
      @RequestParam(name = "class", required = false) @Nullable String failureClass,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(name = "deletion_id", required = false) @Nullable String deletionId,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter =
        new DeadLetters.Filter(
            QueryValues.choice("class", failureClass, FailureClass.class),
            QueryValues.text("state", state),
            QueryValues.uuidOrNull("deletion_id", deletionId));
    return letters.page(filter, limit, QueryValues.uuidCursor(cursor));
  }

  @Operation(summary = "One dead letter with its stack and its message")
  @GetMapping("/{id}")
  Detail one(@PathVariable String id) {
    var wanted = QueryValues.uuid(id, "Invalid dead_letter_id format");
    return letters
        .one(wanted)
        .orElseThrow(() -> ApiException.notFound("Dead letter not found: " + wanted));
  }
}
