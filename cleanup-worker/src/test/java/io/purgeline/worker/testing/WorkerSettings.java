package io.purgeline.worker.testing;

import io.purgeline.testing.S3Access;
import io.purgeline.testing.ServerSettings;
import io.purgeline.testing.TestBroker;
import io.purgeline.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every worker of a test is started with. */
record WorkerSettings(TestDatabase database, TestBroker broker, S3Access access) {

  private static final List<String> TIMES =
      List.of(
          "worker.lease=1m",
          "worker.request-timeout=20s",
          "worker.reconcile-interval=200ms",
          "worker.lost-after=1s",
          "worker.probe-interval=200ms",
          "retry.initial-delay=100ms",
          "retry.max-delay=300ms",
          "retry.max-attempts=3",
          "purge.settle-time=2s",
          "relay.confirm-timeout=25s",
          "relay.poll-interval=100ms",
          "relay.max-pause=1s");

  Map<String, String> common() {
    var all = new LinkedHashMap<String, String>();
    all.put("server.port", "0");
    all.put("logging.level.root", "off");
    all.put("spring.datasource.hikari.connection-timeout", "30000");
    all.putAll(ServerSettings.of(database, broker));
    for (var time : TIMES) {
      var parts = time.split("=", 2);
      all.put("purgeline." + parts[0], parts[1]);
    }
    for (var store : List.of("main", "other")) {
      var prefix = "purgeline.object-stores." + store + ".";
      all.put(prefix + "endpoint", access.endpoint().toString());
      all.put(prefix + "access-key", access.accessKey());
      all.put(prefix + "secret-key", access.secretKey());
    }
    return all;
  }
}
