package io.purgeline.config;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the API.
 *
 * @param maxBody the largest body of a request other than a bulk registration of samples
 */
public record HttpProperties(@DefaultValue("1MB") DataSize maxBody) {

  /** A body is kept in memory. */
  private static final DataSize MOST = DataSize.ofGigabytes(1);

  public HttpProperties {
    if (maxBody.toBytes() < 1 || maxBody.compareTo(MOST) > 0) {
      throw new ConfigurationException(
          "purgeline.http.max-body must be from 1B to 1GB, but it is '" + maxBody + "'.");
    }
  }
}
