package io.purgeline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Live data, as close to what a test deletes as can be, remembered with its content. */
public final class LiveNeighbours {

  private final S3Fixture objects;
  private final List<Supplier<Map<String, String>>> settled = new ArrayList<>();
  private final SortedMap<String, String> before = new TreeMap<>();

  public LiveNeighbours(S3Fixture objects) {
    this.objects = objects;
  }

  /** Objects whose keys begin as those below the prefix, which ends with a slash. */
  public void settleBeside(String bucket, String prefix) {
    var name = prefix.substring(0, prefix.length() - 1);
    for (var key : List.of(name + "0/live", name + "-b/live", name + ".txt")) {
      objects.put(bucket, key, ("content of " + key).getBytes(UTF_8));
      remember(() -> objects.contents(bucket, key));
    }
  }

  /** A directory and a file whose names begin with that of this directory. */
  public void settleBeside(Path directory) {
    try {
      var other = directory.resolveSibling(directory.getFileName() + "0");
      Files.writeString(Files.createDirectories(other.resolve("deep")).resolve("live"), "live");
      var file = directory.resolveSibling(directory.getFileName() + ".txt");
      Files.writeString(file, "live file");
      remember(() -> contents(other));
      remember(() -> contents(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that ever settled is there, with the content it had. */
  public void assertUntouched() {
    var now = new TreeMap<String, String>();
    settled.forEach(contents -> now.putAll(contents.get()));
    assertThat(now).isNotEmpty().isEqualTo(before);
  }

  private void remember(Supplier<Map<String, String>> contents) {
    settled.add(contents);
    before.putAll(contents.get());
  }

  private static Map<String, String> contents(Path path) {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(path)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        found.put(file.toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
