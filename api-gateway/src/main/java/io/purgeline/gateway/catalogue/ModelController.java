package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.catalogue.CatalogueChanges.Change;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Models, and which of them serve. */
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Catalogue")
class ModelController {

  private final CatalogueChanges changes;
  private final Models models;
  private final ModelActivation activation;

  ModelController(CatalogueChanges changes, Models models, ModelActivation activation) {
    this.changes = changes;
    this.models = models;
    this.activation = activation;
  }

  @Operation(summary = "Registers a model; the same request again is answered with 200")
  @Registration
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Model> register(@RequestBody ModelBody request, Principal user) {
    var body = request.checked();
    var change = new Change(user.getName(), "model.register", "model", body.id().toString());
    return changes.make(change, () -> activation.register(body, user.getName())).toResponse();
  }

  @Operation(summary = "Activates or deactivates a model; one that serves protects its datasets")
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Model change(@PathVariable String id, @RequestBody ModelBody.Patch patch, Principal user) {
    var model = id(id);
    var change = new Change(user.getName(), "model.change", "model", model.toString());
    return changes.make(change, () -> activation.change(model, patch));
  }

  @Operation(
      summary = "Deletes a model's record permanently",
      description = "**Cannot be undone.** 409 while the model is active or in production.")
  @DeleteMapping(path = "/{id}", produces = MediaType.ALL_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, Principal user) {
    var model = id(id);
    var change = new Change(user.getName(), "model.delete", "model", model.toString());
    changes.make(
        change,
        () -> {
          models.delete(model);
          return model;
        });
  }

  @Operation(summary = "One model")
  @GetMapping("/{id}")
  Model one(@PathVariable String id) {
    return models.one(id(id));
  }

  @Operation(summary = "Models, by id")
  @GetMapping
  Page<Model> list(
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Page.of(
        models.after(QueryValues.uuidCursor(cursor), limit + 1),
        limit,
        model -> model.id().toString());
  }

  private static UUID id(String id) {
    return QueryValues.uuid(id, "Invalid model_id format");
  }
}
