package io.purgeline.gateway.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The frame of the API's description. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String DESCRIPTION =
      """
      Deletes machine-learning data completely.

      **A DELETE is permanent.** The record is gone at once; a worker then removes every object and file that it owned.
      This cannot be undone. Datasets that an active or production model uses are protected. Deleting a job keeps its
      datasets unless `delete_dataset=true` is given. Ask `…/deletion-preview` first.
      """;

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Purgeline")
                .version("1")
                .description(DESCRIPTION)
                .license(new License().name("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    "basic", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
        .addSecurityItem(new SecurityRequirement().addList("basic"));
  }

  /** The library has a mapper of its own, which knows nothing of the names that this API has. */
  @Bean
  ModelResolver names(ObjectMapperProvider mappers) {
    var mapper = mappers.jsonMapper().copy();
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    return new ModelResolver(mapper, new TypeNames()).openapi31(true);
  }

  /** A record inside of another type is called after both: several types have a {@code Patch}. */
  private static final class TypeNames extends TypeNameResolver {

    @Override
    protected String getNameOfClass(Class<?> type) {
      var around = type.getEnclosingClass();
      return around == null ? type.getSimpleName() : getNameOfClass(around) + type.getSimpleName();
    }
  }

  /** Added at the end: the library removes a schema that nothing refers to yet. */
  @Bean
  OpenApiCustomizer problems() {
    return api -> {
      api.getComponents().addSchemas("Problem", problem());
      api.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(operation -> operation.getResponses().addApiResponse("default", wentWrong()));
    };
  }

  /** Whoever changes something may say why. */
  @Bean
  OpenApiCustomizer reasons() {
    return api ->
        api.getPaths().values().stream()
            .flatMap(path -> path.readOperationsMap().entrySet().stream())
            .filter(operation -> operation.getKey() != PathItem.HttpMethod.GET)
            .forEach(operation -> operation.getValue().addParametersItem(reason()));
  }

  private static Parameter reason() {
    return new HeaderParameter()
        .name(GivenReason.HEADER)
        .description(
            "Why, for the audit trail, in UTF-8; a `reason` in the query or the body comes first")
        .schema(of("string"));
  }

  private static ApiResponse wentWrong() {
    var problem = new Schema<>().$ref("#/components/schemas/Problem");
    return new ApiResponse()
        .description("What went wrong")
        .content(
            new Content()
                .addMediaType("application/problem+json", new MediaType().schema(problem)));
  }

  private static Schema<?> problem() {
    return of("object")
        .description("Problem details, RFC 9457; some problems have further members")
        .addProperty("type", of("string"))
        .addProperty("title", of("string"))
        .addProperty("status", of("integer"))
        .addProperty("detail", of("string"))
        .addProperty("instance", of("string"));
  }

  private static Schema<?> of(String type) {
    return new Schema<>(SpecVersion.V31).types(Set.of(type));
  }
}
