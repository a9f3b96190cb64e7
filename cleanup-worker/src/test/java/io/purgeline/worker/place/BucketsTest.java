package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.retry.Retry;
import io.purgeline.testing.MinioServer;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.S3Access;
import io.purgeline.testing.S3Fixture;
import io.purgeline.worker.objects.MinioObjectStore;
import io.purgeline.worker.objects.ObjectEndpoint;
import io.purgeline.worker.objects.ParallelismLimit;
import io.purgeline.worker.store.RefusedException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A bucket that is denied as a whole, beside one that is as it should be. */
class BucketsTest {

  @AutoClose private final S3Fixture fixture = new S3Fixture(MinioServer.shared().access());
  private final String denied = fixture.newBucket();
  private final String healthy = fixture.newBucket();

  @AutoClose private final MinioObjectStore store = connect(access());

  private final JdbcClient jdbc =
      JdbcClient.create(PostgresServer.shared().newMigratedDatabase().dataSourceInSchema());
  private final PlaceIdentities identities = new PlaceIdentities(jdbc);
  private final Buckets buckets = new Buckets(identities);

  @Test
  void aDeniedBucketDoesNotMakeTheStoreLookDown() {
    buckets.recogniseAny(access(denied, healthy), "main");

    assertThat(identities.recorded("s3://main/" + healthy)).isPresent();
  }

  @Test
  void aDeniedBucketDoesNotKeepTheOthersFromBeingLookedAt() {
    buckets.recogniseAll(access(denied, healthy), "main");

    assertThat(identities.recorded("s3://main/" + healthy)).isPresent();
    assertThat(identities.recorded("s3://main/" + denied)).isEmpty();
  }

  @Test
  void aStoreThatDeniesAllItsBucketsIsDown() {
    assertThatThrownBy(() -> buckets.recogniseAny(access(denied), "main"))
        .isInstanceOf(RefusedException.class);
  }

  private ObjectStoreAccess access(String... names) {
    return new ObjectStoreAccess(
        store,
        new LinkedHashSet<>(List.of(names)),
        new ParallelismLimit(1),
        new RateLimit(0),
        Retry.ofDefaults("s3:main"));
  }

  /** Of a user who is shown what he may list, and may do nothing with the one bucket. */
  private S3Access access() {
    return MinioServer.shared()
        .restrictedAccess(
            """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::*"]},
              {"Effect": "Deny", "Action": ["s3:ListAllMyBuckets"], "Resource": ["arn:aws:s3:::*"]},
              {"Effect": "Deny", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
            """
                .formatted(denied));
  }

  private static MinioObjectStore connect(S3Access access) {
    return MinioObjectStore.connect(
        new ObjectEndpoint(
            "main",
            access.endpoint(),
            access.accessKey(),
            access.secretKey(),
            S3Access.REGION,
            1,
            Duration.ofSeconds(30),
            false));
  }
}
