package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real MinIO, one drive in a scratch folder. Most tests share one and take buckets of their own;
 * a test of outages takes its {@linkplain #own() own} server, which keeps data and port over {@link
 * #stop()} and {@link #start()}.
 */
public final class MinioServer implements AutoCloseable {

  private static final String USER = "purgeline";
  private static final String SECRET = "purgeline-secret";

  private final Path binary = MinioBinary.find();
  private final Path folder = Folders.create("purgeline-minio-");
  private final int port = StablePort.next();
  private final int console = StablePort.next();
  private @Nullable ServerProcess running;

  private MinioServer() {
    start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-minio"));
  }

  /** The server that all tests of this JVM share; do not stop it. */
  public static MinioServer shared() {
    return Shared.get();
  }

  /** A started server for the caller alone, who closes it. */
  public static MinioServer own() {
    return new MinioServer();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public String accessKey() {
    return USER;
  }

  public String secretKey() {
    return SECRET;
  }

  /** Everything needed to talk to it as its owner. */
  public S3Access access() {
    return new S3Access(endpoint(), USER, SECRET);
  }

  /** Where its objects are: a folder for each bucket, below it one for each key. */
  public Path drive() {
    return folder.resolve("data");
  }

  /** A new user who may do only what this policy (JSON, as in IAM) allows. */
  public S3Access restrictedAccess(String policy) {
    return new MinioAdmin(access()).addServiceAccount(policy);
  }

  /** From now on such a user may do what this policy allows. */
  public void restrict(S3Access user, String policy) {
    new MinioAdmin(access()).setPolicy(user, policy);
  }

  /** Starts it again on the same data and port; nothing happens if it runs. */
  public synchronized void start() {
    if (running == null) {
      running =
          ServerProcess.start(
              command(), environment(), folder.resolve("output.log"), this::isReady);
    }
  }

  /** Stops it at once, cutting every connection; data and port are kept. */
  public synchronized void stop() {
    if (running != null) {
      running.kill();
      running = null;
    }
  }

  /** Stops it; its data, often tens of thousands of small files, goes in the background. */
  @Override
  public void close() {
    stop();
    try {
      new ProcessBuilder("rm", "-rf", "--", folder.toString()).start();
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove " + folder, e);
    }
  }

  private List<String> command() {
    return List.of(
        binary.toString(),
        "server",
        drive().toString(),
        "--address",
        "127.0.0.1:" + port,
        "--console-address",
        "127.0.0.1:" + console);
  }

  private Map<String, String> environment() {
    return Map.of(
        "MINIO_ROOT_USER",
        USER,
        "MINIO_ROOT_PASSWORD",
        SECRET,
        "MINIO_BROWSER",
        "off",
        "HOME",
        folder.toString());
  }

  /**
   * Its health page says 200 while requests are still answered "not initialized yet" (503); ready
   * is when a stranger is refused.
   */
  private boolean isReady() throws IOException {
    var probe = endpoint().toURL().openConnection();
    return ((HttpURLConnection) probe).getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /** Made at the first use; a missing program is found anew by every test, so that each says so. */
  private static final class Shared {

    private static @Nullable MinioServer server;

    static synchronized MinioServer get() {
      if (server == null) {
        server = own();
      }
      return server;
    }
  }
}
