package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Lets a few registrations of samples run at a time. Each holds a connection to the database for as
 * long as its client sends; clients that send slowly must not take the last one.
 */
@Component
class RegistrationSlots {

  /** Less than half of the connections. */
  private static final int SLOTS = 8;

  private final Semaphore free = new Semaphore(SLOTS);

  /**
   * Does the work, if there is room for it.
   *
   * @throws ApiException 503 with {@code Retry-After} if there is none
   */
  <T> T inOne(Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw new ApiException(
              HttpStatus.SERVICE_UNAVAILABLE,
              SLOTS + " registrations of samples run already. Please try again in a moment.")
          .header("Retry-After", "5");
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
