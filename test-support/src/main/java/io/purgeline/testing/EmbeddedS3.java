package io.purgeline.testing;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** An S3 server inside this JVM: S3Proxy, in memory or on a folder. */
public final class EmbeddedS3 implements AutoCloseable {

  private static final String USER = "purgeline";
  private static final String SECRET = "purgeline-secret";

  private final BlobStore blobs;
  private final int port = StablePort.next();
  private @Nullable S3Proxy running;

  private EmbeddedS3(BlobStore blobs) {
    this.blobs = blobs;
    start();
  }

  /** One that keeps everything in memory. It knows versions, but neither locks nor tags. */
  public static EmbeddedS3 inMemory() {
    return new EmbeddedS3(new TransientNio2BlobStore());
  }

  /** One that keeps objects as files: a folder per bucket. It cannot list versions. */
  public static EmbeddedS3 onDisk(Path folder) {
    return new EmbeddedS3(new FilesystemNio2BlobStore(folder.toString()));
  }

  public S3Access access() {
    return new S3Access(endpoint(), USER, SECRET);
  }

  /** Starts it again on the same port with what it held; nothing happens if it runs. */
  public synchronized void start() {
    if (running != null) {
      return;
    }
    var server =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(endpoint())
            .awsAuthentication(AuthenticationType.AWS_V4, USER, SECRET)
            .stopTimeout(0)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not start on port " + port, e);
    }
    running = server;
  }

  /** Stops it; what it holds and its port are kept. */
  public synchronized void stop() {
    if (running == null) {
      return;
    }
    try {
      running.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not stop", e);
    }
    running = null;
  }

  @Override
  public void close() {
    stop();
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
