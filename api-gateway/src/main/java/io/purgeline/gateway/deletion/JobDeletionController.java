package io.purgeline.gateway.deletion;

import io.purgeline.gateway.http.QueryValues;
import io.purgeline.gateway.http.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
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

/** Deleting jobs, with their datasets or without. */
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "Deletion")
class JobDeletionController {

  private static final String DELETE_DATASET =
      "If true, also permanently delete every dataset this job created (default: false for data"
          + " safety). This cannot be undone.";
  private static final String WARNING =
      """
      **Warning: this permanently deletes the job. With `delete_dataset=true` it also permanently deletes every \
      dataset the job created, with all samples and files. This action cannot be undone.** The default is false, \
      for data safety: datasets stay.

      A job that has not ended is cancelled first. With `delete_dataset=true` all datasets go or none: one that is \
      used by an active or production model, or read by an unfinished training, refuses the whole request with 409.
      """;

  private final JobDeletion jobs;
  private final Previews previews;
  private final Refusals refusals;
  private final Answers answers;

  JobDeletionController(JobDeletion jobs, Previews previews, Refusals refusals, Answers answers) {
    this.jobs = jobs;
    this.previews = previews;
    this.refusals = refusals;
    this.answers = answers;
  }

  @Operation(
      summary = "Delete a job permanently; its datasets only if asked",
      description = WARNING)
  @DeleteMapping("/{id}")
  DeferredResult<ResponseEntity<JobAnswer>> delete(
      @PathVariable String id,
      @Parameter(
              description = DELETE_DATASET,
              schema = @Schema(type = "boolean", defaultValue = "false"))
          @RequestParam(name = "delete_dataset", defaultValue = "false")
          String deleteDataset,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request) {
    return delete(new Asked(id, deleteDataset, false), reason, request);
  }

  @Operation(
      summary = "Delete a synthetic generation job permanently; its datasets only if asked",
      description = WARNING)
  @DeleteMapping("/synthetic/{id}")
  DeferredResult<ResponseEntity<JobAnswer>> deleteSynthetic(
      @PathVariable String id,
      @Parameter(
              description = DELETE_DATASET,
              schema = @Schema(type = "boolean", defaultValue = "false"))
          @RequestParam(name = "delete_dataset", defaultValue = "false")
          String deleteDataset,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request) {
    return delete(new Asked(id, deleteDataset, true), reason, request);
  }

  private DeferredResult<ResponseEntity<JobAnswer>> delete(
      Asked asked, @Nullable String reason, HttpServletRequest request) {
    var deleted =
        refusals.recorded(
            Requester.userOf(request),
            "job.delete",
            "job",
            asked.id(),
            () -> jobs.delete(asked.valid(), Requester.of(request, reason)));
    return answers.counts(deleted, Preference.of(request));
  }

  @Operation(
      summary = "See what deleting a job would do",
      description =
          "What would go and what stands in the way. Changes nothing. Counts what is registered; files of a"
              + " directory are counted when they are purged.")
  @GetMapping("/{id}/deletion-preview")
  Preview preview(
      @PathVariable String id,
      @Parameter(schema = @Schema(type = "boolean", defaultValue = "false"))
          @RequestParam(name = "delete_dataset", defaultValue = "false")
          String deleteDataset) {
    return previews.ofJob(new Asked(id, deleteDataset, false).valid());
  }

  private record Asked(String id, String deleteDataset, boolean syntheticOnly) {

    JobRequest valid() {
      return new JobRequest(
          ResourceIds.job(id), QueryValues.flag("delete_dataset", deleteDataset), syntheticOnly);
    }
  }
}
