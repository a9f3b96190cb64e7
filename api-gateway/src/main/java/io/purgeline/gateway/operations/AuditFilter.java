package io.purgeline.gateway.operations;

import io.purgeline.database.Conditions;
import io.purgeline.gateway.http.QueryValues;
import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Which entries are asked for; null is any. */
record AuditFilter(
    @Nullable String actor,
    @Nullable String act,
    @Nullable String resourceId,
    @Nullable OffsetDateTime since,
    @Nullable OffsetDateTime until) {

  static AuditFilter of(HttpServletRequest request) {
    return new AuditFilter(
        text(request, "actor"),
        text(request, "act"),
        QueryValues.id("resource_id", request.getParameter("resource_id")),
        QueryValues.time("since", request.getParameter("since")),
        QueryValues.time("until", request.getParameter("until")));
  }

  private static @Nullable String text(HttpServletRequest request, String name) {
    return QueryValues.text(name, request.getParameter(name));
  }

  /** The entries that match, before one with a given id in the list's order. */
  Conditions conditions(@Nullable Long before) {
    return new Conditions()
        .and("actor = :actor", "actor", actor)
        .and("act = :act", "act", act)
        .and("resource_id = :resource_id", "resource_id", resourceId)
        .and("at >= :since", "since", since)
        .and("at < :until", "until", until)
        .and("id < :before", "before", before);
  }
}
