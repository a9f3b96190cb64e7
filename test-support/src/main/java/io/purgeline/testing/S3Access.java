package io.purgeline.testing;

import java.net.URI;

/** Where an S3 server listens and who may ask it. */
public record S3Access(URI endpoint, String accessKey, String secretKey) {

  public static final String REGION = "us-east-1";

  /** The same user, through something that listens elsewhere. */
  public S3Access through(URI other) {
    return new S3Access(other, accessKey, secretKey);
  }

  /** The same server, with a secret it does not accept. */
  public S3Access withSecret(String other) {
    return new S3Access(endpoint, accessKey, other);
  }
}
