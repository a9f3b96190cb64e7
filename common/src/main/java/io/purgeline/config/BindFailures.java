package io.purgeline.config;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Why a property below {@code purgeline} was not taken, as a sentence. */
final class BindFailures {

  private static final String PREFIX = "purgeline";

  private BindFailures() {}

  static boolean isOurs(BindException failure) {
    return failure.getName().toString().startsWith(PREFIX);
  }

  static String sentence(BindException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnboundConfigurationPropertiesException unknown -> {
          return unknown(unknown);
        }
        case BindValidationException invalid -> {
          return invalid(invalid);
        }
        default -> {}
      }
    }
    return unreadable(failure);
  }

  private static String unknown(UnboundConfigurationPropertiesException unknown) {
    var names =
        unknown.getUnboundProperties().stream()
            .map(property -> property.getName().toString())
            .collect(Collectors.joining(", "));
    return "There is no property " + names + ".";
  }

  private static String invalid(BindValidationException invalid) {
    var errors = invalid.getValidationErrors();
    return errors.getAllErrors().stream()
            .map(error -> error(errors.getName().toString(), error))
            .sorted()
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String error(String prefix, ObjectError error) {
    return error instanceof FieldError field
        ? prefix + "." + kebab(field.getField()) + " " + complaint(field, field.getRejectedValue())
        : prefix + " " + error.getDefaultMessage();
  }

  /** A rejected password is not repeated, in whatever way it is wrong. */
  private static String complaint(FieldError field, @Nullable Object rejected) {
    var secret = field.getField().contains("password") || field.getField().contains("secret");
    return field.getDefaultMessage() + (secret ? "" : ", but it is '" + rejected + "'");
  }

  private static String kebab(String path) {
    return path.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String unreadable(BindException failure) {
    var property = failure.getProperty();
    var name = property == null ? failure.getName() : property.getName();
    var value =
        property == null || name.toString().matches(".*(password|secret-key|access-key)")
            ? ""
            : " '" + property.getValue() + "'";
    return "Invalid value" + value + " of " + name + ": " + innermost(failure) + ".";
  }

  private static String innermost(Throwable failure) {
    var cause = failure;
    for (var next = cause.getCause(); next != null; next = next.getCause()) {
      cause = next;
    }
    var message = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    return message.lines().findFirst().orElse("it cannot be read").replaceFirst("\\.$", "");
  }
}
