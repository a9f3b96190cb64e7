package io.purgeline.gateway.http;

import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in one sentence what is wrong with a body. */
public final class UnreadableBody {

  private UnreadableBody() {}

  public static String explain(Throwable cause) {
    return switch (cause) {
      case UnrecognizedPropertyException unknown -> "Unknown field: " + unknown.getPropertyName();
      case ValueInstantiationException invalid
          when invalid.getCause() instanceof ApiException api ->
          String.valueOf(api.getMessage());
      case DatabindException mismatch -> "Invalid value of " + path(mismatch);
      case StreamReadException malformed -> "Malformed JSON" + at(malformed);
      default -> "The body could not be read: a JSON object is expected";
    };
  }

  private static String at(StreamReadException malformed) {
    var place = malformed.getLocation();
    return place == null
        ? ""
        : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }

  private static String path(DatabindException mismatch) {
    var path = new StringBuilder();
    for (var step : mismatch.getPath()) {
      if (step.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.isEmpty() ? "the body: a JSON object is expected" : path.toString();
  }
}
