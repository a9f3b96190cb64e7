package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.catalogue.CatalogueChanges.Change;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Trainings and their directories. */
@RestController
@RequestMapping(path = "/api/v1/trainings", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Catalogue")
class TrainingController {

  private final CatalogueChanges changes;
  private final Trainings trainings;
  private final LocationRules rules;

  TrainingController(CatalogueChanges changes, Trainings trainings, LocationRules rules) {
    this.changes = changes;
    this.trainings = trainings;
    this.rules = rules;
  }

  @Operation(summary = "Registers a training; the same request again is answered with 200")
  @Registration
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Training> register(@RequestBody TrainingBody request, Principal user) {
    var body = request.checked(rules);
    var change = new Change(user.getName(), "training.register", "training", body.id());
    return changes.make(change, () -> trainings.register(body, user.getName())).toResponse();
  }

  @Operation(summary = "Changes a training's status")
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Training move(@PathVariable String id, @RequestBody TrainingBody.Patch patch, Principal user) {
    var training = TrainingBody.requireId(id);
    var status = Names.choice("status", patch.status(), Statuses.ALL);
    var change = new Change(user.getName(), "training.change", "training", id);
    return changes.make(change, () -> trainings.move(training, status));
  }

  @Operation(summary = "One training")
  @GetMapping("/{id}")
  Training one(@PathVariable String id) {
    return trainings.one(TrainingBody.requireId(id));
  }

  @Operation(summary = "Trainings, by id")
  @GetMapping
  Page<Training> list(
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Page.of(trainings.after(QueryValues.textCursor(cursor), limit + 1), limit, Training::id);
  }
}
