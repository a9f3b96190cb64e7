package io.purgeline.foundation;

import io.purgeline.audit.AuditConfiguration;
import io.purgeline.config.PropertiesConfiguration;
import io.purgeline.deletion.DeletionConfiguration;
import io.purgeline.outbox.OutboxConfiguration;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

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

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
