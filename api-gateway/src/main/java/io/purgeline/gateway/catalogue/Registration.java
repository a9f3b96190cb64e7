package io.purgeline.gateway.catalogue;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the API's description what {@link Registered} is answered with. */
@ApiResponse(responseCode = "201", description = "Registered", useReturnTypeSchema = true)
@ApiResponse(
    responseCode = "200",
    description = "The same request was made before",
    useReturnTypeSchema = true)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Registration {}
