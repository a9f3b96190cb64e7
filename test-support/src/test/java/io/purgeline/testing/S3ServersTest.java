package io.purgeline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServersTest {

  @Test
  void minioKeepsItsObjectsOverAnOutage() {
    try (var server = MinioServer.own();
        var fixture = new S3Fixture(server.access())) {
      var bucket = fixture.newBucket();
      fixture.putMany(bucket, "a/", 1_100, 16);
      var before = fixture.contents(bucket, "a/");
      server.stop();
      assertThatThrownBy(() -> fixture.contents(bucket, "a/")).hasMessageContaining("connect");
      server.start();
      assertThat(fixture.contents(bucket, "a/")).hasSize(1_100).isEqualTo(before);
    }
  }

  @Test
  void contentsTellApartWhatDiffersInBytesOnly() {
    try (var fixture = new S3Fixture(MinioServer.shared().access())) {
      var bucket = fixture.newBucket();
      fixture.put(bucket, "a/x", "one".getBytes(UTF_8));
      var before = fixture.contents(bucket, "a/");
      fixture.put(bucket, "a/x", "two".getBytes(UTF_8));
      assertThat(fixture.contents(bucket, "a/")).isNotEqualTo(before);
    }
  }

  @Test
  void aRestrictedUserIsDeniedWhatItsPolicyLeavesOut() {
    var server = MinioServer.shared();
    var access =
        server.restrictedAccess(
            """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::*/in/*"]}
            ]}\
            """);
    try (var owner = new S3Fixture(server.access());
        var restricted = new S3Fixture(access)) {
      var bucket = owner.newBucket();
      restricted.put(bucket, "in/x", new byte[1]);
      assertThatThrownBy(() -> restricted.put(bucket, "out/x", new byte[1]))
          .hasMessageContaining("Access Denied");
    }
  }

  @Test
  void versionsAndMarkersAreListedByBothServers() {
    var minio = MinioServer.shared();
    try (var embedded = EmbeddedS3.inMemory()) {
      assertThat(versionsOfADeletedKey(minio.access())).isEqualTo(3);
      assertThat(versionsOfADeletedKey(embedded.access())).isEqualTo(3);
    }
  }

  @Test
  void theEmbeddedServerKeepsFilesOverARestart(@TempDir Path folder) {
    try (var server = EmbeddedS3.onDisk(folder);
        var fixture = new S3Fixture(server.access())) {
      var bucket = fixture.newBucket();
      fixture.put(bucket, "a/x", new byte[3]);
      server.stop();
      server.start();
      assertThat(fixture.contents(bucket, "a/")).containsOnlyKeys("a/x");
    }
  }

  private static long versionsOfADeletedKey(S3Access access) {
    try (var fixture = new S3Fixture(access)) {
      var bucket = fixture.newVersionedBucket();
      fixture.putVersions(bucket, "a/x", 2, 8);
      fixture.delete(bucket, "a/x");
      return fixture.listVersions(bucket, "a/").size();
    }
  }
}
