package io.purgeline.testing;

import io.minio.MinioAsyncClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The client of the fixtures: many connections, where MinIO's own default is 5. */
final class S3Client {

  static final int CONNECTIONS = 32;

  private S3Client() {}

  static MinioAsyncClient connect(S3Access access) {
    var dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(CONNECTIONS);
    dispatcher.setMaxRequestsPerHost(CONNECTIONS);
    var http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(CONNECTIONS, 30, TimeUnit.SECONDS))
            .readTimeout(Duration.ofSeconds(60))
            .build();
    return MinioAsyncClient.builder()
        .endpoint(access.endpoint().toString())
        .region(S3Access.REGION)
        .credentials(access.accessKey(), access.secretKey())
        .httpClient(http, true)
        .build();
  }
}
