package io.purgeline.config;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Binds the configuration, and refuses one that no process may run with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PurgelineProperties.class)
public class PropertiesConfiguration {

  @Bean
  static BeanPostProcessor checkedProperties() {
    return new CheckedProperties();
  }

  @Bean
  InitializingBean knownNames(ConfigurableEnvironment environment) {
    return () -> UnreadNames.refuse(environment);
  }
}
