package io.purgeline.it.ctl;

import static org.awaitility.Awaitility.await;

import io.purgeline.testing.MinioServer;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a document for something of the reader's own, and what it is here. */
final class FilledIn {

  private static final Pattern WORD = Pattern.compile("\\b[A-Z]{3,}\\b");

  private final OnGateway on;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  /** Made when a document asks for it: each is something that is really there. */
  private final Map<String, Callable<String>> words;

  FilledIn(OnGateway on, URI brokerMetrics) {
    this.on = on;
    addresses.put("http://127.0.0.1:8080", on.gateway.address().toString());
    addresses.put("http://127.0.0.1:8081", on.worker.address().toString());
    addresses.put("http://127.0.0.1:8082", on.worker.address().toString());
    addresses.put("http://127.0.0.1:15692", brokerMetrics.toString());
    addresses.put("http://127.0.0.1:9000", MinioServer.shared().endpoint().toString());
    addresses.put("/srv/purgeline/trainings", on.trainings.toString());
    addresses.put("--vhost / ", "--vhost " + on.broker.virtualHost() + " ");
    words =
        Map.of(
            "DATASET", this::dataset,
            "TRAINING", on::training,
            "JOB", this::job,
            "DELETION", this::deletion,
            "LETTER", this::letter,
            "GROUP", this::group,
            "REPLAY", this::replay,
            "UNTIL", () -> Instant.now().plus(1, ChronoUnit.DAYS).toString(),
            "OBSERVED", this::observed,
            "PID", this::process);
  }

  String in(String text) throws Exception {
    var filled = text;
    for (var address : addresses.entrySet()) {
      filled = filled.replace(address.getKey(), address.getValue());
    }
    var found = new LinkedHashMap<String, String>();
    for (var word : WORD.matcher(text).results().map(one -> one.group()).distinct().toList()) {
      if (word.equals("REPLAY") && text.contains("pause")) {
        found.put(word, slowReplay());
      } else if (words.containsKey(word)) {
        found.put(word, words.get(word).call());
      }
    }
    return WORD.matcher(filled)
        .replaceAll(one -> Matcher.quoteReplacement(found.getOrDefault(one.group(), one.group())));
  }

  /** One whose cause is repaired; all of them are of one group. */
  private String letter() throws Exception {
    return repaired(on.unpurgeableTraining());
  }

  private String group() throws Exception {
    return on.ctl.json("dead-letters", "show", letter()).path("group").asString();
  }

  /** One that ended: it can be followed to its end. */
  private String replay() throws Exception {
    return on.ctl
        .json("dead-letters", "replay", letter(), "--reason", "before", "--watch")
        .path("id")
        .asString();
  }

  private String slowReplay() throws Exception {
    return on.slowReplay(List.of(on.unpurgeableTraining(), on.unpurgeableTraining()));
  }

  private String repaired(String training) throws Exception {
    var letter = on.deadLetter(training);
    on.repair(training);
    return letter;
  }

  private String deletion() throws Exception {
    return on.ctl.json("delete", "training", on.training(), "--watch").path("id").asString();
  }

  private String dataset() throws Exception {
    var id = UUID.randomUUID().toString();
    on.post(
        "/datasets",
        """
        {"id": "%1$s", "name": "%1$s", "type": "iq_raw"}
        """
            .formatted(id));
    return id;
  }

  private String job() throws Exception {
    var id = UUID.randomUUID().toString();
    on.post(
        "/jobs",
        """
        {"id": "%1$s", "name": "%1$s", "type": "synthetic_generation", "status": "completed"}
        """
            .formatted(id));
    return id;
  }

  /** The root gets another marker, and a worker sees it. */
  private String observed() throws Exception {
    on.ctl.run("delete", "training", on.training(), "--watch").endsWith(0);
    var other = UUID.randomUUID().toString();
    Files.writeString(on.trainings.resolve(".purgeline-root"), other);
    on.ctl.run("delete", "training", on.training()).endsWith(0);
    await()
        .atMost(OnGateway.LONG)
        .until(() ->
            on.sql
                    .sql("select count(*) from store_identity where observed = :other")
                    .param("other", other)
                    .query(Integer.class)
                    .single()
                == 1);
    return other;
  }

  /** A connection that nobody needs. */
  private String process() throws Exception {
    var connection = on.database().dataSource().getConnection();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getString(1);
    }
  }
}
