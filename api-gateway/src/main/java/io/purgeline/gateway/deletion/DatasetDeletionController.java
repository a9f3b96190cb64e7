package io.purgeline.gateway.deletion;

import io.purgeline.gateway.http.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Deleting datasets; the two longer paths are those of older clients. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Deletion")
class DatasetDeletionController {

  private final DatasetDeletion datasets;
  private final Previews previews;
  private final Refusals refusals;
  private final Answers answers;

  DatasetDeletionController(
      DatasetDeletion datasets, Previews previews, Refusals refusals, Answers answers) {
    this.datasets = datasets;
    this.previews = previews;
    this.refusals = refusals;
    this.answers = answers;
  }

  @Operation(
      summary = "Delete a dataset permanently",
      description =
          """
          **Warning: this permanently deletes the dataset, its samples and every file it has in storage. \
          This action cannot be undone.**

          The record is gone when this answers; storage is purged afterwards, see the deletion named in `Location`. \
          With `Prefer: wait=N` (at most 60 seconds) the answer comes when the purge has ended: 204 then means purged, \
          otherwise it is 202 with the deletion. Refused with 409 while a model that is active or in production was \
          trained on it, or an unfinished training reads it.
          """)
  @EmptyAnswer
  @DeleteMapping({
    "/datasets/{id}",
    "/jobs/synthetic/datasets/{id}",
    "/training/synthetic/datasets/{id}"
  })
  DeferredResult<ResponseEntity<DeletionView>> delete(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request) {
    var deletion =
        refusals.recorded(
            Requester.userOf(request),
            "dataset.delete",
            "dataset",
            id,
            () -> datasets.delete(ResourceIds.dataset(id), Requester.of(request, reason)));
    return answers.empty(deletion, Preference.of(request));
  }

  @Operation(
      summary = "See what deleting a dataset would do",
      description =
          "What would go and what stands in the way. Changes nothing. Counts what is registered; files of a"
              + " directory are counted when they are purged.")
  @GetMapping("/datasets/{id}/deletion-preview")
  Preview preview(@PathVariable String id) {
    return previews.ofDataset(ResourceIds.dataset(id));
  }
}
