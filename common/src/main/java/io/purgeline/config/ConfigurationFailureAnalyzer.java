package io.purgeline.config;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence which property keeps a process from starting, and why. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

  private static final String NO_DATABASE =
      "No database is given: set spring.datasource.url, for example to jdbc:postgresql://127.0.0.1:5432/purgeline,"
          + " with spring.datasource.username and spring.datasource.password.";

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
    var refused = findCause(rootFailure, ConfigurationException.class);
    if (refused != null) {
      return new FailureAnalysis(refused.getMessage(), null, refused);
    }
    if (isWithoutDatabase(rootFailure)) {
      return new FailureAnalysis(NO_DATABASE, null, rootFailure);
    }
    var unbound = findCause(rootFailure, BindException.class);
    return unbound != null && BindFailures.isOurs(unbound)
        ? new FailureAnalysis(BindFailures.sentence(unbound), null, unbound)
        : null;
  }

  /** Spring's own type cannot be named; its text tells of embedded databases and profiles. */
  private static boolean isWithoutDatabase(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause.getClass().getName().endsWith("DataSourceBeanCreationException"));
  }
}
