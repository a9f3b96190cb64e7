package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DistinctPlacesTest {

  @TempDir private Path folder;

  private static PurgelineProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("purgeline", PurgelineProperties.class);
  }

  @Test
  void refusesTwoStoresThatReachTheSameBucket() {
    var properties =
        bind(
            Map.of(
                "purgeline.object-stores.a.endpoint", "http://LOCALHOST:80",
                "purgeline.object-stores.a.buckets", "one,two",
                "purgeline.object-stores.b.endpoint", "http://127.0.0.1",
                "purgeline.object-stores.b.buckets", "two"));

    assertThatThrownBy(() -> DistinctPlaces.require(properties)).hasMessageContaining("'two'");
  }

  @Test
  void refusesARootInsideAnotherAlsoBehindALink() throws IOException {
    var outer = Files.createDirectories(folder.resolve("outer"));
    Files.createDirectories(outer.resolve("inner"));
    var link = Files.createSymbolicLink(folder.resolve("link"), outer.resolve("inner"));
    var properties =
        bind(
            Map.of(
                "purgeline.directory-roots.a", outer.toString(),
                "purgeline.directory-roots.b", link.toString()));

    assertThatThrownBy(() -> DistinctPlaces.require(properties)).hasMessageContaining("inside");
  }

  @Test
  void seesThroughALinkAboveARootThatDoesNotExistYet() throws IOException {
    var outer = Files.createDirectories(folder.resolve("outer"));
    var link = Files.createSymbolicLink(folder.resolve("link"), outer);
    var properties =
        bind(
            Map.of(
                "purgeline.directory-roots.a", outer.resolve("later").toString(),
                "purgeline.directory-roots.b", link.resolve("later/inner").toString()));

    assertThatThrownBy(() -> DistinctPlaces.require(properties)).hasMessageContaining("inside");
  }

  @Test
  void takesNeighbours() {
    var properties =
        bind(
            Map.of(
                "purgeline.object-stores.a.endpoint", "http://127.0.0.1:9000",
                "purgeline.object-stores.a.buckets", "one",
                "purgeline.object-stores.b.endpoint", "http://127.0.0.1:9001",
                "purgeline.object-stores.b.buckets", "one",
                "purgeline.object-stores.c.endpoint", "http://store_c:9000",
                "purgeline.object-stores.c.buckets", "one",
                "purgeline.object-stores.d.endpoint", "http://store_d:9000",
                "purgeline.object-stores.d.buckets", "one",
                "purgeline.directory-roots.a", folder.resolve("run-1").toString(),
                "purgeline.directory-roots.b", folder.resolve("run-10").toString()));

    assertThatCode(() -> DistinctPlaces.require(properties)).doesNotThrowAnyException();
  }
}
