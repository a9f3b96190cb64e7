package io.purgeline.worker.objects;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a batch that the answer has not spoken of yet. Errors name the key only, not the
 * version.
 */
final class OpenEntries {

  private final Map<String, Deque<ObjectEntry>> byKey = new HashMap<>();

  OpenEntries(List<ObjectEntry> entries) {
    for (var entry : entries) {
      byKey.computeIfAbsent(entry.key(), key -> new ArrayDeque<>()).add(entry);
    }
  }

  Optional<ObjectEntry> take(@Nullable String key, @Nullable String versionId) {
    var open = key == null ? null : byKey.get(key);
    if (open == null) {
      return Optional.empty();
    }
    var match =
        open.stream()
            .filter(entry -> Objects.equals(version(entry.versionId()), version(versionId)))
            .findFirst();
    match.ifPresent(open::remove);
    return match;
  }

  Optional<ObjectEntry> takeAny(@Nullable String key) {
    var open = key == null ? null : byKey.get(key);
    return open == null ? Optional.empty() : Optional.ofNullable(open.poll());
  }

  /** Stores write the version of an object that has none in several ways. */
  private static String version(@Nullable String versionId) {
    return versionId == null || versionId.isEmpty() || versionId.equals("null") ? "" : versionId;
  }
}
