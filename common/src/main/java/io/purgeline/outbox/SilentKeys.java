package io.purgeline.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Routing keys whose queues did not confirm in time, a quorum queue without its majority for
 * example. They are left alone for a while, so that nobody else's messages wait for them.
 */
final class SilentKeys {

  private final Duration time;
  private final Map<String, Long> since = new ConcurrentHashMap<>();

  SilentKeys(Duration time) {
    this.time = time;
  }

  void add(Collection<String> keys) {
    var now = System.nanoTime();
    keys.forEach(key -> since.put(key, now));
  }

  /** Those to leave alone now. */
  String[] current() {
    var now = System.nanoTime();
    since.values().removeIf(began -> now - began > time.toNanos());
    return since.keySet().toArray(String[]::new);
  }
}
