package io.purgeline.gateway.deadletter;

import io.purgeline.database.Conditions;
import io.purgeline.deletion.FailureClass;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.http.QueryValues;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null is any. The same words select in a list and in a replay, so
 * that what is seen is what is put back.
 *
 * @param since those whose last failure was then or later
 * @param deletionId those of a deletion; of a job's, those of its datasets, too
 */
record DeadLetterFilter(
    @Nullable String state,
    @Nullable String failureClass,
    @Nullable String kind,
    @Nullable String group,
    @Nullable OffsetDateTime since,
    @Nullable UUID deletionId) {

  /**
   * A job gives up with one of its datasets, and the letter is that one's. The array is made once
   * and asked of the index: a join could be one with the whole table.
   */
  private static final String OF_DELETION =
      """
      l.deletion_id = any(array(
        select cast(:deletion_id as uuid) union all
        select part.id from deletion part where part.parent_id = :deletion_id))
      """;

  /**
   * A filter as a client wrote it.
   *
   * @throws io.purgeline.gateway.http.ApiException 400 naming what does not fit
   */
  static DeadLetterFilter of(
      @Nullable String state,
      @Nullable String failureClass,
      @Nullable String kind,
      @Nullable String group,
      @Nullable String since,
      @Nullable String deletionId) {
    var kinds =
        Arrays.stream(ResourceKind.values())
            .map(known -> known.name().toLowerCase(Locale.ROOT))
            .toList();
    return new DeadLetterFilter(
        QueryValues.choice("state", state, DeadLetterState.class),
        QueryValues.choice("class", failureClass, FailureClass.class),
        QueryValues.choice("kind", kind, kinds),
        QueryValues.text("group", group),
        QueryValues.time("since", since),
        QueryValues.uuidOrNull("deletion_id", deletionId));
  }

  /** As conditions on {@code dead_letter l}. */
  Conditions conditions() {
    return new Conditions()
        .and("l.state = :state", "state", state)
        .and("l.class = :class", "class", failureClass)
        .and("l.kind = :kind", "kind", kind)
        .and("l.fingerprint = :group", "group", group)
        .and("l.last_at >= :since", "since", since)
        .and(OF_DELETION, "deletion_id", deletionId);
  }
}
