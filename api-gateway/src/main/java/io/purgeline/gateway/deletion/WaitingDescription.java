package io.purgeline.gateway.deletion;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.method.HandlerMethod;

/** Describes the headers of every DELETE that {@link Waiting} answers. */
@Component
final class WaitingDescription implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (method.getReturnType().getParameterType() == DeferredResult.class) {
      operation.addParametersItem(
          new HeaderParameter()
              .name("Prefer")
              .description(
                  "`wait=N`: answer when the purge has ended, after N seconds (at most 60) at the"
                      + " latest")
              .schema(new StringSchema())
              .example("wait=30"));
      operation
          .getResponses()
          .values()
          .forEach(response ->
              response
                  .addHeaderObject("Location", header("Where the deletion can be looked at"))
                  .addHeaderObject(
                      "Preference-Applied", header("How long was waited at most, to who waited")));
    }
    return operation;
  }

  private static Header header(String description) {
    return new Header().description(description).schema(new StringSchema());
  }
}
