package io.purgeline.config;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;

/** Notes what a binding reads, by the names as somebody wrote them. What cannot be read, too. */
final class NamesRead extends AbstractBindHandler {

  private final Set<String> names = new HashSet<>();

  Set<String> all() {
    return names;
  }

  @Override
  public Object onSuccess(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
    note(context);
    return result;
  }

  @Override
  public @Nullable Object onFailure(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
    note(context);
    return null; // a value that makes no sense is told where all sources are bound together
  }

  private void note(BindContext context) {
    var property = context.getConfigurationProperty();
    if (property != null) {
      note(property.getOrigin());
    }
  }

  private void note(@Nullable Origin origin) {
    switch (origin) {
      case SystemEnvironmentOrigin variable -> names.add(variable.getProperty());
      case PropertySourceOrigin property -> names.add(property.getPropertyName());
      case null, default -> {}
    }
  }
}
