package io.purgeline.deletion;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.freeze.FreezeSwitch;
import io.purgeline.outbox.Outbox;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What moves deletions, in every process. */
@Configuration(proxyBeanMethods = false)
public class DeletionConfiguration {

  @Bean
  DeletionProgress deletionProgress(
      JdbcClient jdbc, Outbox outbox, AuditTrail audit, MeterRegistry registry) {
    return new DeletionProgress(
        jdbc, new DeletionEnd(jdbc, outbox, audit, new DeletionMetrics(registry)));
  }

  @Bean
  DeletionGauges deletionGauges(
      JdbcClient jdbc, Clock clock, PurgelineProperties properties, MeterRegistry registry) {
    return new DeletionGauges(jdbc, clock, properties.alerts().objective(), registry);
  }

  @Bean
  FreezeSwitch freezeSwitch(JdbcClient jdbc) {
    return new FreezeSwitch(jdbc);
  }
}
