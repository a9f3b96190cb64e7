package io.purgeline.worker.consume;

import io.purgeline.worker.purge.QueueDepth;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the reconciler asks the broker. */
@Configuration(proxyBeanMethods = false)
public class BrokerConfiguration {

  @Bean
  QueueDepth queueDepth(AmqpAdmin admin) {
    return new BrokerDepth(admin);
  }
}
