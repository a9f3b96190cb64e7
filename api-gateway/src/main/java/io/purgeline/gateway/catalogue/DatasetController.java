package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.catalogue.CatalogueChanges.Change;
import io.purgeline.gateway.catalogue.SampleRegistration.Result;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Datasets and the objects that are registered with them. */
@RestController
@RequestMapping(path = "/api/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Catalogue")
class DatasetController {

  private final CatalogueChanges changes;
  private final Datasets datasets;
  private final SampleRegistration samples;
  private final RegistrationSlots slots;
  private final LocationRules rules;

  DatasetController(
      CatalogueChanges changes,
      Datasets datasets,
      SampleRegistration samples,
      RegistrationSlots slots,
      LocationRules rules) {
    this.changes = changes;
    this.datasets = datasets;
    this.samples = samples;
    this.slots = slots;
    this.rules = rules;
  }

  @Operation(summary = "Registers a dataset; the same request again is answered with 200")
  @Registration
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Dataset> register(@RequestBody DatasetBody request, Principal user) {
    var body = request.checked(rules);
    var change = new Change(user.getName(), "dataset.register", "dataset", body.id().toString());
    return changes.make(change, () -> datasets.register(body, user.getName())).toResponse();
  }

  @Operation(
      summary = "Registers objects of a dataset, one JSON object a line; all or none",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              description = "One such object a line; `receiver` may be left out",
              required = true,
              content =
                  @Content(
                      mediaType = "application/x-ndjson",
                      schema = @Schema(implementation = SampleLine.class))))
  @PostMapping(path = "/{id}/samples", consumes = "application/x-ndjson")
  @ResponseStatus(HttpStatus.CREATED)
  Result register(@PathVariable String id, HttpServletRequest request, Principal user)
      throws IOException {
    var dataset = id(id);
    InputStream body = request.getInputStream();
    var change = new Change(user.getName(), "samples.register", "dataset", dataset.toString());
    return slots.inOne(() -> changes.makeFromStream(change, () -> samples.register(dataset, body)));
  }

  @Operation(summary = "One dataset, with its samples' totals and the models that use it")
  @GetMapping("/{id}")
  Dataset one(@PathVariable String id) {
    return datasets.one(id(id));
  }

  @Operation(summary = "Datasets, by id")
  @GetMapping
  Page<Dataset> list(
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Page.of(
        datasets.after(QueryValues.uuidCursor(cursor), limit + 1),
        limit,
        dataset -> dataset.id().toString());
  }

  private static UUID id(String id) {
    return QueryValues.uuid(id, "Invalid dataset_id format");
  }
}
