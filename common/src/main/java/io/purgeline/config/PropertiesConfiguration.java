package io.purgeline.config;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Binds the configuration, and refuses one that no process may run with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PurgelineProperties.class)
public class PropertiesConfiguration {

  @Bean
  InitializingBean placeNames(PurgelineProperties properties) {
    return () -> PlaceNames.require(properties);
  }

  @Bean
  InitializingBean distinctPlaces(PurgelineProperties properties) {
    return () -> DistinctPlaces.require(properties);
  }

  @Bean
  InitializingBean locationTemplates(PurgelineProperties properties) {
    return () -> LocationTemplates.require(properties);
  }

  @Bean
  InitializingBean knownNames(ConfigurableEnvironment environment) {
    return () -> UnreadNames.refuse(environment);
  }
}
