package io.purgeline.config;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the API.
 *
 * @param maxBody the largest body of a request other than a bulk registration of samples
 */
public record HttpProperties(@DefaultValue("1MB") DataSize maxBody) {}
