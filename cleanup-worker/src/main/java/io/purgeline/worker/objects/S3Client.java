package io.purgeline.worker.objects;

import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * The client library, tamed: as many connections as asked for (its default is five), no repetitions
 * of its own, and errors as this package has them.
 */
final class S3Client implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Shorter than the 30 seconds after which MinIO closes what is idle: a call must not meet that.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

  private final ObjectEndpoint endpoint;
  private final OkHttpClient http;
  private final MinioAsyncClient minio;

  S3Client(ObjectEndpoint endpoint, Interceptor... interceptors) {
    this.endpoint = endpoint;
    this.http = http(endpoint, interceptors);
    this.minio =
        MinioAsyncClient.builder()
            .endpoint(endpoint.endpoint().toString())
            .credentials(endpoint.accessKey(), endpoint.secretKey())
            .region(endpoint.region())
            .httpClient(http)
            .build();
    minio.setRetry(null, null, null);
  }

  private static OkHttpClient http(ObjectEndpoint endpoint, Interceptor... interceptors) {
    var connections = endpoint.parallelism() + 2;
    var dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(connections);
    dispatcher.setMaxRequestsPerHost(connections);
    var context = new CallerContext();
    var pool = new ConnectionPool(connections, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
    var builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .eventListener(context)
            .addInterceptor(context)
            .addInterceptor(chain -> onFreshConnections(chain, pool))
            .connectionPool(pool)
            .retryOnConnectionFailure(false)
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(endpoint.requestTimeout())
            .writeTimeout(endpoint.requestTimeout())
            .callTimeout(endpoint.requestTimeout()); // the whole of it: leases rely on that
    for (var interceptor : interceptors) {
      builder.addInterceptor(interceptor);
    }
    return builder.build();
  }

  /**
   * Where one connection broke, those that are idle broke with it, most likely because the server
   * was started anew: the next call must not meet each of them in turn.
   */
  private static Response onFreshConnections(Interceptor.Chain chain, ConnectionPool pool)
      throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (IOException e) {
      pool.evictAll();
      throw e;
    }
  }

  /** Waits for one call. */
  <T> T call(String what, Call<T> call) {
    try {
      return call.on(minio).join();
    } catch (CompletionException e) {
      throw S3Errors.of(endpoint.name() + ": " + what, e);
    }
  }

  MinioAsyncClient minio() {
    return minio;
  }

  OkHttpClient http() {
    return http;
  }

  /** The endpoint, to make the address of a request of. */
  HttpUrl url() {
    return Objects.requireNonNull(HttpUrl.get(endpoint.endpoint()));
  }

  ObjectEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    minio.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** A call of the client library. */
  @FunctionalInterface
  interface Call<T> {
    CompletableFuture<T> on(MinioAsyncClient client);
  }
}
