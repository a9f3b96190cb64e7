package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.worker.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listing that breaks off: whoever works on it must hear of that. */
@Timeout(60)
class PagesAheadTest {

  @Test
  void passesOnWhatTheListingThrew() {
    var problem = new StoreUnavailableException("away", null);
    try (var pages = listing(problem)) {
      assertThatThrownBy(pages::next).isSameAs(problem);
    }
  }

  @Test
  void doesNotWaitForAListerThatDied() {
    var problem = new OutOfMemoryError("of a test");
    try (var pages = listing(problem)) {
      assertThatThrownBy(pages::next).isInstanceOf(IllegalStateException.class).hasCause(problem);
    }
  }

  private static PagesAhead listing(Throwable problem) {
    return new PagesAhead(
        _ -> {
          switch (problem) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(problem);
          }
        },
        null);
  }
}
