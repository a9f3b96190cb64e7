package io.purgeline.worker.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.testing.S3Fixture;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Live objects beside the prefix that a test purges, remembered with their content. */
record Neighbours(S3Fixture fixture, String bucket, SortedMap<String, String> before) {

  private static final List<String> KEYS =
      List.of("run-0/z", "run-1-b/a", "run-1.txt", "run-10/a", "run-10/b", "run-1é/a", "run-2/a");

  static Neighbours of(S3Fixture fixture, String bucket) {
    for (var key : KEYS) {
      fixture.put(bucket, key, ("content of " + key).getBytes(UTF_8));
    }
    return new Neighbours(fixture, bucket, outsideOfPurge(fixture, bucket));
  }

  void assertUntouched() {
    assertThat(outsideOfPurge(fixture, bucket)).hasSize(KEYS.size()).isEqualTo(before);
  }

  private static SortedMap<String, String> outsideOfPurge(S3Fixture fixture, String bucket) {
    var contents = new TreeMap<>(fixture.contents(bucket, ""));
    contents.keySet().removeIf(key -> key.startsWith(StoreUnderTest.PREFIX));
    return contents;
  }
}
