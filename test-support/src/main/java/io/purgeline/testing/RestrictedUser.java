package io.purgeline.testing;

/** A user of a MinIO server who may do everything, until a prefix is denied to it. */
public final class RestrictedUser {

  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::*"]}%s]}
      """;

  private static final String DENIAL =
      """
      , {"Effect": "Deny", "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
         "Resource": ["arn:aws:s3:::%s/%s*"]}
      """;

  private final MinioServer server;
  private final S3Access access;

  public RestrictedUser(MinioServer server) {
    this.server = server;
    this.access = server.restrictedAccess(POLICY.formatted(""));
  }

  public MinioServer server() {
    return server;
  }

  public S3Access access() {
    return access;
  }

  /** From now on it may delete nothing below this prefix, and everything else. */
  public void deny(String bucket, String prefix) {
    server.restrict(access, POLICY.formatted(DENIAL.formatted(bucket, prefix)));
  }

  /** From now on it may do everything again. */
  public void denyNothing() {
    server.restrict(access, POLICY.formatted(""));
  }
}
