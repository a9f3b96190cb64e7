package io.purgeline.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tasks are taken, held and given back.
 *
 * @param consumers purges at a time from each queue
 * @param lease how long a task is held without a sign of life before another worker may take it
 * @param requestTimeout how long one request to an object store may last
 * @param probeInterval how often a store that is down is asked whether it is back
 * @param reconcileInterval how often tasks are looked for whose worker or message was lost
 * @param lostAfter a message that is in no queue and with no worker for so long is sent again
 */
public record WorkerProperties(
    @DefaultValue("2") @Min(1) @Max(64) int consumers,
    @DefaultValue("30s") @DurationMin(millis = 500) Duration lease,
    @DefaultValue("30s") @DurationMin(millis = 100) Duration requestTimeout,
    @DefaultValue("5s") @DurationMin(millis = 50) Duration probeInterval,
    @DefaultValue("5s") @DurationMin(millis = 50) Duration reconcileInterval,
    @DefaultValue("1m") @DurationMin(millis = 100) Duration lostAfter) {}
