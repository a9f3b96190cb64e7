package io.purgeline.worker.testing;

import io.purgeline.testing.S3Access;
import io.purgeline.worker.objects.MinioObjectStore;
import io.purgeline.worker.objects.ObjectEndpoint;
import io.purgeline.worker.objects.ObjectStore;
import java.time.Duration;

/** The product's own client, to ask what the fixtures cannot. */
public final class Stores {

  private Stores() {}

  public static ObjectStore connect(S3Access access) {
    return MinioObjectStore.connect(
        new ObjectEndpoint(
            "test",
            access.endpoint(),
            access.accessKey(),
            access.secretKey(),
            S3Access.REGION,
            1,
            Duration.ofSeconds(10),
            false));
  }
}
