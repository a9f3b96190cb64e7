package io.purgeline.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheTest {

  @Test
  void isWhereTheUserWantsIt() {
    var home = Path.of(System.getProperty("user.home"));
    assertThat(Cache.root(Map.of())).isEqualTo(home.resolve(".cache/purgeline"));
    assertThat(Cache.root(Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/purgeline"));
    assertThat(Cache.root(Map.of("XDG_CACHE_HOME", "/x", "PURGELINE_CACHE", "/p")))
        .isEqualTo(Path.of("/p"));
  }
}
