package io.purgeline.standalone.demo;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import io.purgeline.standalone.embedded.ObjectStoreAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Puts recordings into the bucket, and looks what is there: the demo's own eyes, not the product's.
 */
final class Recordings {

  static final String BUCKET = "heimdall-synthetic-iq";
  private static final int SAMPLES = 256;
  private static final int UPLOADERS = 8;

  private final MinioClient client;
  private final Screen screen;

  Recordings(ObjectStoreAccess access, Screen screen) {
    this.client =
        MinioClient.builder()
            .endpoint(access.endpoint())
            .credentials(access.accessKey(), access.secretKey())
            .region("us-east-1")
            .build();
    this.screen = screen;
  }

  /**
   * Uploads recordings below the prefix of a dataset.
   *
   * @return one line of JSON for each, as the API registers samples
   */
  String upload(String prefix, int count) {
    var lines = new ArrayList<Callable<String>>();
    var done = new AtomicLong();
    for (int i = 0; i < count; i++) {
      var key = prefix + "sample-" + i / 4 + "/rx_" + i % 4 + ".npy";
      var line = i;
      lines.add(() -> {
        var size = put(key, line);
        screen.bar("upload", done.incrementAndGet(), count);
        return "{\"sample_idx\": %d, \"receiver\": \"RX_%03d\", \"object_key\": \"%s\", \"size_bytes\": %d}"
            .formatted(line / 4, line % 4, key, size);
      });
    }
    return String.join("\n", inParallel(lines));
  }

  private int put(String key, int seed) throws MinioException {
    var random = RandomGenerator.of("L64X128MixRandom");
    var bytes = NumpyArray.recording(SAMPLES + seed % 16, random);
    client.putObject(
        PutObjectArgs.builder().bucket(BUCKET).object(key).data(bytes, bytes.length).build());
    return bytes.length;
  }

  private static List<String> inParallel(List<Callable<String>> work) {
    try (var pool = Executors.newFixedThreadPool(UPLOADERS)) {
      var results = new ArrayList<String>();
      for (var future : pool.invokeAll(work)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new StoryException("an upload failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryException("interrupted");
    }
  }

  /** Every key below the prefix with the checksum that the store has of it. */
  Map<String, String> contents(String prefix) {
    var found = new TreeMap<String, String>();
    var args = ListObjectsArgs.builder().bucket(BUCKET).prefix(prefix).recursive(true).build();
    for (var result : client.listObjects(args)) {
      try {
        var item = result.get();
        found.put(item.objectName(), item.etag());
      } catch (MinioException e) {
        throw new StoryException("the bucket could not be listed: " + e.getMessage());
      }
    }
    return found;
  }
}
