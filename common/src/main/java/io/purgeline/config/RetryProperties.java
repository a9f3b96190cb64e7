package io.purgeline.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a failed purge is tried again: after the initial delay, then after twice as long each time,
 * up to the longest.
 *
 * @param initialDelay before the second attempt
 * @param maxDelay the longest
 * @param maxAttempts after so many failed attempts the task is dead
 */
public record RetryProperties(
    @DefaultValue("5s") @DurationMin(millis = 1) Duration initialDelay,
    @DefaultValue("15m") @DurationMin(millis = 1) Duration maxDelay,
    @DefaultValue("8") @Min(1) @Max(1000) int maxAttempts) {}
