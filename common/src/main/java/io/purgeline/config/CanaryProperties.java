package io.purgeline.config;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A tiny real deletion in every store and root, to see that everything works.
 *
 * @param interval from the beginning of one to that of the next; 0 for none
 */
public record CanaryProperties(@DefaultValue("15m") @DurationMin(millis = 0) Duration interval) {

  public boolean isOn() {
    return interval.isPositive();
  }
}
