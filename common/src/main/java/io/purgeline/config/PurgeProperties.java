package io.purgeline.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How purges run.
 *
 * @param settleTime how long a location must stay empty whose writer may still have been at work
 *     when it was deleted
 * @param slice how long a purge works before it lets others go first; far below the broker's
 *     consumer timeout
 * @param concurrency requests to one object store at a time, and threads that unlink in one
 *     directory root
 * @param maxObjectsPerSecond the most a worker removes from one object store in a second; 0 for no
 *     limit
 */
public record PurgeProperties(
    @DefaultValue("10m") @DurationMin(millis = 0) Duration settleTime,
    @DefaultValue("60s") @DurationMin(millis = 10) @DurationMax(minutes = 5) Duration slice,
    @DefaultValue("8") @Min(1) @Max(256) int concurrency,
    @DefaultValue("0") @Min(0) long maxObjectsPerSecond) {}
