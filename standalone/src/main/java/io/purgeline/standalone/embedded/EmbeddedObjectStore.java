package io.purgeline.standalone.embedded;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server whose buckets are folders and whose objects are files; it cannot version them. */
final class EmbeddedObjectStore implements AutoCloseable {

  private static final String ACCESS_KEY = "purgeline";

  private final S3Proxy server;
  private final String secretKey;

  private EmbeddedObjectStore(S3Proxy server, String secretKey) {
    this.server = server;
    this.secretKey = secretKey;
  }

  static EmbeddedObjectStore start(Path objects, List<String> buckets, int port) {
    var secretKey = Secret.random();
    try {
      Files.createDirectories(objects);
      var store = new FilesystemNio2BlobStore(objects.toString());
      buckets.stream().filter(name -> !store.containerExists(name)).forEach(store::createContainer);
      var server =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, secretKey)
              .stopTimeout(0)
              .build();
      server.start();
      return new EmbeddedObjectStore(server, secretKey);
    } catch (Exception e) { // the library declares nothing narrower
      throw new IllegalStateException("the S3 server did not start on " + objects, e);
    }
  }

  ObjectStoreAccess access() {
    return new ObjectStoreAccess("http://127.0.0.1:" + server.getPort(), ACCESS_KEY, secretKey);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // the library declares nothing narrower
      throw new IllegalStateException("the S3 server did not stop", e);
    }
  }
}
