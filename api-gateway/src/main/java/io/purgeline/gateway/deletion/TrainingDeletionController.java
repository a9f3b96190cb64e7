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

/** Deleting trainings with their directories. */
@RestController
@RequestMapping("/api/v1/trainings/{id}")
@Tag(name = "Deletion")
class TrainingDeletionController {

  private final TrainingDeletion trainings;
  private final Previews previews;
  private final Refusals refusals;
  private final Answers answers;

  TrainingDeletionController(
      TrainingDeletion trainings, Previews previews, Refusals refusals, Answers answers) {
    this.trainings = trainings;
    this.previews = previews;
    this.refusals = refusals;
    this.answers = answers;
  }

  @Operation(
      summary = "Delete a training permanently",
      description =
          """
          **Warning: this permanently deletes the training with its directory: checkpoints, logs and everything \
          else in it. This action cannot be undone.**

          Refused with 409 while it is queued or running, unless `cancel=true`, and while an active or production \
          model was made by it. Waiting with `Prefer: wait=N` works as for datasets.
          """)
  @EmptyAnswer
  @DeleteMapping
  DeferredResult<ResponseEntity<DeletionView>> delete(
      @PathVariable String id,
      @Parameter(
              description = "If true, a queued or running training is cancelled (default: false)",
              schema = @Schema(type = "boolean", defaultValue = "false"))
          @RequestParam(defaultValue = "false")
          String cancel,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request) {
    var deletion =
        refusals.recorded(
            Requester.userOf(request),
            "training.delete",
            "training",
            id,
            () ->
                trainings.delete(
                    ResourceIds.training(id),
                    QueryValues.flag("cancel", cancel),
                    Requester.of(request, reason)));
    return answers.empty(deletion, Preference.of(request));
  }

  @Operation(
      summary = "See what deleting a training would do",
      description =
          "What would go and what stands in the way. Changes nothing. Counts what is registered; files of a"
              + " directory are counted when they are purged.")
  @GetMapping("/deletion-preview")
  Preview preview(
      @PathVariable String id,
      @Parameter(schema = @Schema(type = "boolean", defaultValue = "false"))
          @RequestParam(defaultValue = "false")
          String cancel) {
    return previews.ofTraining(ResourceIds.training(id), QueryValues.flag("cancel", cancel));
  }
}
