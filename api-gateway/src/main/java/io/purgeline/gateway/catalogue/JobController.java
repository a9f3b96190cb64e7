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

/** Jobs: what made a dataset. */
@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Catalogue")
class JobController {

  private final CatalogueChanges changes;
  private final Jobs jobs;

  JobController(CatalogueChanges changes, Jobs jobs) {
    this.changes = changes;
    this.jobs = jobs;
  }

  @Operation(summary = "Registers a job; the same request again is answered with 200")
  @Registration
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Job> register(@RequestBody JobBody request, Principal user) {
    var body = request.checked();
    var change = new Change(user.getName(), "job.register", "job", body.id().toString());
    return changes.make(change, () -> jobs.register(body, user.getName())).toResponse();
  }

  @Operation(summary = "Changes a job's status")
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Job move(@PathVariable String id, @RequestBody JobBody.Patch patch, Principal user) {
    var job = id(id);
    var status = Names.choice("status", patch.status(), Statuses.ALL);
    var change = new Change(user.getName(), "job.change", "job", job.toString());
    return changes.make(change, () -> jobs.move(job, status));
  }

  @Operation(summary = "One job")
  @GetMapping("/{id}")
  Job one(@PathVariable String id) {
    return jobs.one(id(id));
  }

  @Operation(summary = "Jobs, by id")
  @GetMapping
  Page<Job> list(
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Page.of(
        jobs.after(QueryValues.uuidCursor(cursor), limit + 1), limit, job -> job.id().toString());
  }

  private static UUID id(String id) {
    return QueryValues.uuid(id, "Invalid job_id format");
  }
}
