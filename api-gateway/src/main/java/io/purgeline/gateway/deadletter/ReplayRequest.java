package io.purgeline.gateway.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.purgeline.gateway.http.ApiException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be put back, and how.
 *
 * @param selector which dead letters
 * @param reason why
 * @param ratePerSecond how many at most in a second, null for no limit
 * @param ramp whether it begins with one and goes on only while that works; true if not given
 * @param dryRun only tells what would be done; false if not given
 */
record ReplayRequest(
    @Nullable Selector selector,
    @Nullable String reason,
    @Nullable Double ratePerSecond,
    @Nullable Boolean ramp,
    @Nullable Boolean dryRun) {

  private static final double SLOWEST = 0.01;
  private static final double FASTEST = 10_000;
  private static final int MOST_IDS = 999;

  boolean isRamped() {
    return ramp == null || ramp;
  }

  boolean isDryRun() {
    return dryRun != null && dryRun;
  }

  /** The same with everything said, so that two that mean the same are equal. */
  ReplayRequest explicit() {
    return new ReplayRequest(selector, reason, ratePerSecond, isRamped(), isDryRun());
  }

  /**
   * The selector, if everything fits.
   *
   * @throws ApiException 400 saying what does not
   */
  Selector checked() {
    if (selector == null) {
      throw ApiException.badRequest("A selector is needed: one of ids, group, filter, all");
    }
    if (ratePerSecond != null && !(ratePerSecond >= SLOWEST && ratePerSecond <= FASTEST)) {
      throw ApiException.badRequest("Invalid rate_per_second: it must be between 0.01 and 10000");
    }
    selector.check();
    return selector;
  }

  /** Exactly one way to say which dead letters are meant. */
  record Selector(
      @Nullable List<String> ids,
      @Nullable String group,
      @Nullable Filter filter,
      @Nullable Boolean all) {

    private void check() {
      var given = Stream.of(ids, group, filter, all).filter(Objects::nonNull).count();
      if (given != 1) {
        throw ApiException.badRequest("Invalid selector: exactly one of ids, group, filter, all");
      }
      if (ids != null && (ids.isEmpty() || ids.size() > MOST_IDS)) {
        throw ApiException.badRequest("Invalid selector: ids must be 1 to 999");
      }
      if (Boolean.FALSE.equals(all)) {
        throw ApiException.badRequest("Invalid selector: all can only be true");
      }
    }
  }

  /** The same words as the parameters of the list. */
  record Filter(
      @Nullable String state,
      @JsonProperty("class") @Nullable String failureClass,
      @Nullable String kind,
      @Nullable String group,
      @Nullable String since,
      @Nullable String deletionId) {

    DeadLetterFilter read() {
      return DeadLetterFilter.of(state, failureClass, kind, group, since, deletionId);
    }
  }
}
