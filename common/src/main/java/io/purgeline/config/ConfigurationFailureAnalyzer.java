package io.purgeline.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence which property keeps a process from starting, and why. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
    var refused = findCause(rootFailure, ConfigurationException.class);
    if (refused != null) {
      return new FailureAnalysis(refused.getMessage(), null, refused);
    }
    var unbound = findCause(rootFailure, BindException.class);
    return unbound != null && BindFailures.isOurs(unbound)
        ? new FailureAnalysis(BindFailures.sentence(unbound), null, unbound)
        : null;
  }
}
