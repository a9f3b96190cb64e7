package io.purgeline.config;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Looks at the properties before anything gets them: a worker connects to its stores while it
 * starts, and a client's complaint about an address would name no property.
 */
final class CheckedProperties implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof PurgelineProperties properties) {
      PlaceNames.require(properties);
      DistinctPlaces.require(properties);
      LocationTemplates.require(properties);
      PrefixRemovalRate.require(properties);
    }
    return bean;
  }
}
