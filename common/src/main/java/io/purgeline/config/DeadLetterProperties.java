package io.purgeline.config;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Dead letters.
 *
 * @param retention how long those that are resolved or discarded are kept after that; a discard can
 *     be taken back until then
 */
public record DeadLetterProperties(
    @DefaultValue("90d") @DurationMin(days = 1) Duration retention) {}
