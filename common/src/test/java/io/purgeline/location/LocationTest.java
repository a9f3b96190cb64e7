package io.purgeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a location, and what is refused before anything can be purged there. */
class LocationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://main/bucket/prefix/",
        "s3://main/heimdall-synthetic-iq/synthetic/0d0e6c9b-1111-4222-8333-444455556666/",
        "s3://main/my.bucket/a/b/c/",
        "s3://main/bucket/with space/",
        "s3://main/bucket/plus+and=equals/",
        "s3://main/bucket/ünïcode-\uD83D\uDE00/",
        "s3://main/bucket/.hidden/",
        "s3://main/bucket/a..b/",
        "dir://trainings/train_12345678",
        "dir://trainings/a/b/c",
        "dir://trainings/.hidden",
        "dir://trainings/... "
      })
  void readsWhatItWrites(String uri) {
    assertThat(Location.parse(uri).uri()).isEqualTo(uri);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refuses(String uri) {
    assertThatThrownBy(() -> Location.parse(uri))
        .isInstanceOf(InvalidLocationException.class)
        .hasMessageContaining("Invalid location");
  }

  static Stream<String> bad() {
    return Stream.concat(objects(), directories());
  }

  private static Stream<String> objects() {
    var prefixes =
        Stream.of(
            "",
            "/",
            "//",
            "../",
            "./",
            "a/../b/",
            "a/./b/",
            "a//b/",
            "/absolute/",
            "a/..",
            "a",
            "a\\b/",
            "a\0b/",
            "a\nb/",
            "a\rb/",
            "a\u007Fb/",
            "%2e%2e/",
            "a%2Fb/",
            "100%/",
            "\uD800/",
            "\uFFFE/",
            "x".repeat(256) + "/",
            "x/".repeat(600));
    var others =
        Stream.of(
            "",
            "s3:",
            "s3://",
            "s3://main",
            "s3://main/",
            "s3://main/bucket",
            "s3://main/bucket/",
            "s3:///bucket/a/",
            "s3://main//a/",
            "s3://ma in/bucket/a/",
            "s3://../bucket/a/",
            "s3://main/Bucket/a/",
            "s3://main/b/a/",
            "s3://main/../a/",
            "S3://main/bucket/a/",
            "http://main/bucket/a/",
            "file:///etc/",
            " s3://main/bucket/a/");
    return Stream.concat(prefixes.map(prefix -> "s3://main/bucket/" + prefix), others);
  }

  private static Stream<String> directories() {
    var paths =
        Stream.of(
            "",
            "/",
            "//",
            "..",
            "../victim",
            "a/..",
            "a/../b",
            ".",
            "./a",
            "a/.",
            "a//b",
            "/etc",
            "a\\b",
            "a\0b",
            "a\nb",
            "%2e%2e/a",
            "a%2Fb",
            ".purgeline-trash",
            ".purgeline-trash/x",
            ".purgeline-root",
            "\uD800",
            "x".repeat(256));
    var others =
        Stream.of("dir:", "dir://", "dir://trainings", "dir:///a", "dir://../a", "dir://.");
    return Stream.concat(paths.map(path -> "dir://trainings/" + path), others);
  }

  @Test
  void coversWhatLiesBelowAndNotWhatOnlyBeginsAlike() {
    var run1 = Location.parse("s3://main/bucket/run-1/");
    var inside = Location.parse("s3://main/bucket/run-1/a/");
    var run10 = Location.parse("s3://main/bucket/run-10/");

    assertThat(overlap(run1, inside)).isTrue();
    assertThat(overlap(run1, run10)).isFalse();
    assertThat(overlap(Location.parse("dir://r/run-1"), Location.parse("dir://r/run-1/a")))
        .isTrue();
    assertThat(overlap(Location.parse("dir://r/run-1"), Location.parse("dir://r/run-10")))
        .isFalse();
    assertThat(overlap(Location.parse("dir://r/run-1"), Location.parse("dir://r/run-1-a")))
        .isFalse();
  }

  @Test
  void reachesNoOtherStoreOrBucketOfTheSameName() {
    assertThat(
            overlap(Location.parse("s3://main/bucket/a/"), Location.parse("s3://other/bucket/a/")))
        .isFalse();
    assertThat(
            overlap(Location.parse("s3://main/bucket/a/"), Location.parse("s3://main/bucket2/a/")))
        .isFalse();
  }

  private static boolean overlap(Location one, Location other) {
    return one.spanStart().compareTo(other.spanEnd()) < 0
        && other.spanStart().compareTo(one.spanEnd()) < 0;
  }
}
