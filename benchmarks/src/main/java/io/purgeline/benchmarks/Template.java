package io.purgeline.benchmarks;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Objects that are uploaded once and copied to many prefixes on the store's own drive, a folder for
 * each: ten times as fast as uploading them again. Every prefix is filled before the store is asked
 * for it.
 */
final class Template {

  private static final String PREFIX = "template/";

  private final Path drive;
  private final String bucket;
  private final List<String> names;

  private Template(Path drive, String bucket, List<String> names) {
    this.drive = drive;
    this.bucket = bucket;
    this.names = names;
  }

  static Template upload(MinioServer minio, S3Fixture s3, String bucket, int objects, int size) {
    var keys = s3.putMany(bucket, PREFIX, objects, size);
    var names = keys.stream().map(key -> key.substring(PREFIX.length())).toList();
    return new Template(minio.drive(), bucket, names);
  }

  /** Fills the prefix of a bucket; answers its keys. */
  List<String> copyTo(String target, String prefix) throws IOException, InterruptedException {
    var source = drive.resolve(bucket).resolve(PREFIX);
    var folder = Files.createDirectories(drive.resolve(target).resolve(prefix));
    Tool.find("cp").orElseThrow().run(Map.of(), "-a", source + "/.", folder.toString());
    return names.stream().map(prefix::concat).toList();
  }
}
