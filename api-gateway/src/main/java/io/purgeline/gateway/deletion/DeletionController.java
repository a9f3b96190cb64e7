package io.purgeline.gateway.deletion;

import io.purgeline.gateway.deletion.FailureRows.Failure;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
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

/** Looking at deletions. */
@RestController
@RequestMapping("/api/v1/deletions")
@Tag(name = "Deletions")
class DeletionController {

  private final DeletionReader deletions;
  private final FailureRows failures;

  DeletionController(DeletionReader deletions, FailureRows failures) {
    this.deletions = deletions;
    this.failures = failures;
  }

  @Operation(summary = "One deletion with its tasks")
  @GetMapping("/{id}")
  DeletionView one(@PathVariable String id) {
    return deletions.one(ResourceIds.deletion(id));
  }

  @Operation(summary = "Deletions, the latest first")
  @GetMapping
  Page<DeletionView> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(name = "resource_id", required = false) @Nullable String resourceId,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter = DeletionFilter.of(state, kind, resourceId, since);
    return deletions.page(filter, limit, QueryValues.uuidCursor(cursor));
  }

  @Operation(summary = "Every key or path that could not be purged, with the store's code")
  @GetMapping("/{id}/failures")
  Page<Failure> failures(
      @PathVariable String id,
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var deletion = deletions.one(ResourceIds.deletion(id));
    return failures.page(deletion.id(), limit, cursor);
  }
}
