package io.purgeline.gateway.deletion;

import io.purgeline.database.Conditions;
import io.purgeline.deletion.DeletionState;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.http.QueryValues;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which deletions are asked for; null is any. */
record DeletionFilter(
    @Nullable String state,
    @Nullable String kind,
    @Nullable String resourceId,
    @Nullable OffsetDateTime since) {

  static DeletionFilter of(
      @Nullable String state,
      @Nullable String kind,
      @Nullable String resourceId,
      @Nullable String since) {
    var kinds = Arrays.stream(ResourceKind.values()).map(ResourceKind::label).toList();
    return new DeletionFilter(
        QueryValues.choice("state", state, DeletionState.class),
        QueryValues.choice("kind", kind, kinds),
        QueryValues.id("resource_id", resourceId),
        QueryValues.time("since", since));
  }

  /** The deletions that match, before one with a given id in the list's order. */
  Conditions conditions(@Nullable UUID before) {
    return new Conditions()
        .and("state = :state", "state", state)
        .and("resource_kind = :kind", "kind", kind)
        .and(
            "resource_kind in ('dataset', 'job', 'training') and resource_id = :resource_id",
            "resource_id",
            resourceId)
        .and("requested_at >= :since", "since", since)
        .and("id < :before", "before", before);
  }
}
