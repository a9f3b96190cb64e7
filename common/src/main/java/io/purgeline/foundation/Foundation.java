package io.purgeline.foundation;

import io.purgeline.audit.AuditConfiguration;
import io.purgeline.config.PropertiesConfiguration;
import io.purgeline.deletion.DeletionConfiguration;
import io.purgeline.outbox.OutboxConfiguration;
import java.time.Clock;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Imported by every process: configuration, outbox and relay, audit trail, deletions. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({
  PropertiesConfiguration.class,
  OutboxConfiguration.class,
  AuditConfiguration.class,
  DeletionConfiguration.class
})
public class Foundation {

  /** As many as there are things done at intervals in one process. */
  private static final int SCHEDULED = 8;

  /**
   * Threads of their own: what waits for a broker that hangs must not hold up what seals the audit
   * trail.
   */
  @Bean
  ThreadPoolTaskScheduler taskScheduler() {
    var scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(SCHEDULED);
    scheduler.setThreadNamePrefix("scheduled-");
    scheduler.setDaemon(true);
    return scheduler;
  }

  /** A process that starts or stops is DOWN: health says this or UP, and no third thing. */
  @Bean
  HealthIndicator readinessStateHealthIndicator(ApplicationAvailability availability) {
    return () ->
        Health.status(
                availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                    ? Status.UP
                    : Status.DOWN)
            .build();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
