package io.purgeline.worker.objects;

import java.net.URI;
import java.time.Duration;

/**
 * How an object store is reached.
 *
 * @param name what messages call it
 * @param endpoint where it answers
 * @param accessKey the access key
 * @param secretKey the secret key
 * @param region the region requests are signed for
 * @param parallelism the most requests at a time
 * @param requestTimeout how long one request may take to be answered
 * @param prefixRemoval whether its operator allows to remove a prefix in one step
 */
public record ObjectEndpoint(
    String name,
    URI endpoint,
    String accessKey,
    String secretKey,
    String region,
    int parallelism,
    Duration requestTimeout,
    boolean prefixRemoval) {

  @Override
  public String toString() {
    return name + " at " + endpoint; // never the keys
  }
}
