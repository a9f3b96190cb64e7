package io.purgeline.gateway.deletion;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the API's description what {@link Answers#empty} answers. */
@ApiResponse(
    responseCode = "204",
    description = "Accepted; to who waited, it means purged",
    content = @Content)
@ApiResponse(
    responseCode = "202",
    description = "With `Prefer: wait=N`: accepted, and not purged by then",
    useReturnTypeSchema = true)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EmptyAnswer {}
