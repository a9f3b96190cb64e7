package io.purgeline.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages get from the outbox to the broker.
 *
 * @param batchSize messages published and confirmed together
 * @param pollInterval how long a message waits at most when its notification got lost
 * @param confirmTimeout how long the broker may take to confirm a batch
 * @param maxPause the longest pause while the broker cannot be reached
 */
public record RelayProperties(
    @DefaultValue("200") @Min(1) @Max(1000) int batchSize,
    @DefaultValue("1s") @DurationMin(millis = 10) Duration pollInterval,
    @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 25)
        Duration confirmTimeout,
    @DefaultValue("30s") @DurationMin(millis = 10) Duration maxPause) {}
