package io.purgeline.config;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What counts as late.
 *
 * @param objective a purge that is unfinished for longer is overdue
 */
public record AlertProperties(@DefaultValue("1h") @DurationMin(millis = 1) Duration objective) {}
