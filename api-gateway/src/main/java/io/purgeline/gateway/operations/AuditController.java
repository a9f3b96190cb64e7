package io.purgeline.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.purgeline.audit.AuditVerification;
import io.purgeline.audit.AuditVerifier;
import io.purgeline.gateway.http.Page;
import io.purgeline.gateway.http.QueryValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Who asked for what, and what came of it. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Operations")
class AuditController {

  private final AuditRecords records;
  private final AuditVerifier verifier;
  private final JsonMapper json;

  AuditController(AuditRecords records, AuditVerifier verifier, JsonMapper json) {
    this.records = records;
    this.verifier = verifier;
    this.json = json;
  }

  @Operation(
      summary = "The audit trail, the latest entry first",
      description = "As JSON in pages; as text/csv or application/x-ndjson everything at once.")
  @Parameter(name = "actor", in = ParameterIn.QUERY, description = "who")
  @Parameter(
      name = "act",
      in = ParameterIn.QUERY,
      description = "what was done, such as dataset.delete")
  @Parameter(name = "resource_id", in = ParameterIn.QUERY, description = "to what")
  @Parameter(name = "since", in = ParameterIn.QUERY, description = "not before")
  @Parameter(name = "until", in = ParameterIn.QUERY, description = "before")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page<AuditRecord> list(
      @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    return records.page(AuditFilter.of(request), limit, QueryValues.numberCursor(cursor));
  }

  @Operation(summary = "The audit trail as CSV")
  @GetMapping(produces = "text/csv")
  void csv(HttpServletRequest request, HttpServletResponse response) throws IOException {
    export(AuditExport.CSV, "text/csv;charset=UTF-8", AuditFilter.of(request), response);
  }

  @Operation(summary = "The audit trail as one JSON object a line")
  @GetMapping(produces = "application/x-ndjson")
  void ndjson(HttpServletRequest request, HttpServletResponse response) throws IOException {
    export(AuditExport.NDJSON, "application/x-ndjson", AuditFilter.of(request), response);
  }

  private void export(
      AuditExport format, String type, AuditFilter filter, HttpServletResponse response)
      throws IOException {
    response.setContentType(type);
    response.setCharacterEncoding("UTF-8");
    format.writeAll(records, filter, json, response.getWriter());
  }

  @Operation(
      summary = "Check the whole chain of the audit trail",
      description = "Note the head elsewhere: it proves later that nothing before it was changed.")
  @GetMapping("/verify")
  Verification verify() {
    return Verification.of(verifier.verify());
  }

  /** What the check found; broken_at only if it failed. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Verification(
      boolean ok,
      @Nullable String head,
      long sealed,
      long unsealed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long brokenAt) {

    static Verification of(AuditVerification found) {
      return new Verification(
          found.ok(), found.head(), found.sealed(), found.unsealed(), found.brokenAt());
    }
  }
}
