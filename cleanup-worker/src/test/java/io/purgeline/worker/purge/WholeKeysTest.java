package io.purgeline.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.objects.ObjectEntry;
import io.purgeline.worker.objects.ObjectStore;
import io.purgeline.worker.objects.Page;
import io.purgeline.worker.objects.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WholeKeysTest {

  private final WholeKeys keys = new WholeKeys();

  @Test
  void passesOnAsTheyAreThePagesOfABucketWithoutVersions() {
    var token = new Position("b", null, "token");
    var page = new Page(List.of(object("a"), object("b")), token);
    var last = new Page(List.of(object("c")), null);

    assertThat(keys.add(page)).containsExactly(page);
    assertThat(keys.add(last)).containsExactly(last);
  }

  @Test
  void keepsTheLastKeyUntilItsEndIsSeen() {
    var page = page(Stream.of(version("a", 1), version("b", 1)));
    var rest = new Page(List.of(version("b", 2), version("c", 1)), null);

    assertThat(keys.add(page))
        .containsExactly(new Page(List.of(version("a", 1)), Position.afterKey("a")));
    assertThat(keys.add(rest))
        .containsExactly(
            new Page(List.of(version("b", 1), version("b", 2), version("c", 1)), null));
  }

  @Test
  void givesOutTogetherWhatIsOneKey() {
    assertThat(keys.add(page(versions("a", 0, 1_000)))).isEmpty();
    assertThat(keys.add(page(versions("a", 1_000, 2_000)))).isEmpty();

    var pages = keys.add(page(Stream.concat(versions("a", 2_000, 2_400), versions("b", 0, 600))));

    assertThat(pages).extracting(page -> page.entries().size()).containsExactly(1_000, 1_000, 400);
    assertThat(pages.getLast().next()).isEqualTo(Position.afterKey("a"));
    assertThat(pages.getFirst().next()).isEqualTo(new Position("a", "999", null));
    assertThat(entries(pages)).containsExactlyElementsOf(versions("a", 0, 2_400).toList());
    assertThat(entries(keys.add(new Page(List.of(), null))))
        .containsExactlyElementsOf(versions("b", 0, 600).toList());
  }

  @Test
  void hasAnEndWhereNothingIs() {
    assertThat(keys.add(new Page(List.of(), null))).containsExactly(new Page(List.of(), null));
  }

  @Test
  void cutsAKeyThatWouldNotFitIntoMemory() {
    var pages = new ArrayList<Page>();
    for (int n = 0; pages.isEmpty(); n++) {
      pages.addAll(keys.add(page(versions("a", n * 1_000, n * 1_000 + 1_000))));
    }

    assertThat(pages).hasSize(100);
    assertThat(pages.getLast().next()).isEqualTo(new Position("a", "99999", "a"));
  }

  private static List<ObjectEntry> entries(List<Page> pages) {
    return pages.stream().flatMap(page -> page.entries().stream()).toList();
  }

  /** One that is not the last. */
  private static Page page(Stream<ObjectEntry> entries) {
    var all = entries.toList();
    assertThat(all).hasSizeLessThanOrEqualTo(ObjectStore.BATCH_LIMIT);
    var last = all.getLast();
    return new Page(all, new Position(last.key(), last.versionId(), last.key()));
  }

  private static Stream<ObjectEntry> versions(String key, int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> version(key, n));
  }

  private static ObjectEntry version(String key, int number) {
    return entry(key, Integer.toString(number));
  }

  private static ObjectEntry object(String key) {
    return entry(key, null);
  }

  private static ObjectEntry entry(String key, @Nullable String version) {
    return new ObjectEntry(key, version, 1, false);
  }
}
