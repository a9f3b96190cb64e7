package io.purgeline.gateway.canary;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.config.PurgelineProperties;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How often canaries run, so that the alert knows what is late. */
@Component
class CanaryMetrics {

  CanaryMetrics(PurgelineProperties properties, MeterRegistry registry) {
    Gauge.builder("purgeline.canary.interval", properties.canary().interval(), Duration::toSeconds)
        .description("How often a canary runs through each store; 0 is never")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }
}
