package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.purgeline.database.Ids;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import io.purgeline.testing.LogLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a deletion's start and end are told: in the log, and as facts to whoever listens. */
class DeletionEndTest extends GatewayTestBase {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired private Environment environment;

  @RegisterExtension private final LogLines lines = new LogLines("io.purgeline.deletion");
  private final StructuredLogEncoder encoder = new StructuredLogEncoder();

  @BeforeEach
  void listen() {
    var context = new LoggerContext();
    context.putObject(Environment.class.getName(), environment);
    encoder.setContext(context);
    encoder.setFormat("ecs");
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
  }

  @ParameterizedTest
  @CsvSource({"DONE,DeletionFinished,PURGED", "DEAD,DeletionFailed,DEAD"})
  void isAFactForOthers(String task, String fact, String state) {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();
    assertThat(facts(deletion)).isEmpty();

    records.work(deletion, task);

    assertThat(facts(deletion)).hasSize(1);
    var told = JSON.readTree(facts(deletion).getFirst());
    assertThat(told.path("type").asString()).isEqualTo(fact);
    var data = told.path("data");
    assertThat(data.path("resource_kind").asString()).isEqualTo("dataset");
    assertThat(data.path("resource_id").asString()).isEqualTo(dataset.toString());
    assertThat(data.path("state").asString()).isEqualTo(state);
    assertThat(data.path("objects_purged").asLong()).isEqualTo(2);
    assertThat(data.path("bytes_purged").asLong()).isEqualTo(200);
  }

  @Test
  void isToldAgainWhenTheLastTaskOfADeadOneEnds() {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();
    var second = Ids.next();
    sql.sql(
            """
            insert into purge_task (id, deletion_id, queue, state) values (:id, :deletion, 'purgeline.objects.main', 'PENDING')
            """)
        .param("id", second)
        .param("deletion", deletion)
        .update();

    work(deletion, "state = 'DEAD'", "id <> '" + second + "'");
    assertThat(facts(deletion)).as("while another task is under way").hasSize(1);
    work(deletion, "state = 'DONE', objects_purged = 7", "id = '" + second + "'");

    assertThat(facts(deletion)).hasSize(2);
    var last = JSON.readTree(facts(deletion).getLast()).path("data");
    assertThat(last.path("state").asString()).isEqualTo("DEAD");
    assertThat(last.path("objects_purged").asLong()).isEqualTo(7);
    assertThat(api.get("/audit?act=deletion.finish&resource_id=" + dataset).json().path("items"))
        .hasSize(2);

    transactions.executeWithoutResult(tx -> progress.refresh(deletion));
    assertThat(facts(deletion)).as("nothing has ended since").hasSize(2);
  }

  @Test
  void ofADeadJobIsNotToldWithEachOfItsParts() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("d"), job);
    records.dataset(Records.name("d"), job);
    var answer = api.delete("/jobs/" + job + "?delete_dataset=true").json();
    var parts = answer.path("deletions").valueStream().map(id -> UUID.fromString(id.asString()));
    var whole = api.get("/deletions?kind=job&resource_id=" + job).json().at("/items/0/id");
    var told = UUID.fromString(whole.asString());
    var both = parts.filter(part -> !part.equals(told)).toList();
    both.forEach(part -> work(part, "state = 'DEAD'", "true"));
    var before = facts(told).size();

    work(both.getFirst(), "state = 'PENDING'", "true");
    work(both.getFirst(), "state = 'DONE'", "true");

    assertThat(facts(both.getFirst())).hasSize(2);
    assertThat(facts(told)).hasSize(before);
  }

  /** As a worker would, with some of the deletion's tasks. */
  private void work(UUID deletion, String change, String which) {
    transactions.executeWithoutResult(tx -> {
      sql.sql("update purge_task set %s where deletion_id = :id and %s".formatted(change, which))
          .param("id", deletion)
          .update();
      progress.tasksWorkedOn(List.of(deletion));
    });
  }

  @ParameterizedTest
  @CsvSource({
    "DONE,minio_cleanup_complete,PURGED,INFO",
    "DEAD,minio_cleanup_failed,DEAD,ERROR",
    "RETAINED,minio_cleanup_ended,RETAINED,INFO",
    "DISCARDED,minio_cleanup_ended,INCOMPLETE,INFO"
  })
  void tellsOfADatasetTwice(String task, String end, String state, String level) {
    var dataset = records.dataset();
    var deletion = api.delete("/datasets/" + dataset).deletion();
    records.work(deletion, task);

    assertThat(told(deletion)).containsExactly("synthetic_dataset_deleted", end);
    var started = line("synthetic_dataset_deleted");
    assertThat(started.path("event").asString()).isEqualTo("synthetic_dataset_deleted");
    assertThat(started.path("dataset_id").asString()).isEqualTo(dataset.toString());
    assertThat(started.path("dataset_type").asString()).isEqualTo("iq_raw");
    assertThat(started.path("dataset_name").asString()).startsWith("dataset-");
    assertThat(started.path("minio_cleanup_success").asBoolean()).isFalse();
    assertThat(started.path("minio_files_deleted").asLong()).isZero();
    assertThat(started.path("minio_files_scheduled").asLong()).isEqualTo(3);
    assertThat(started.path("bytes_scheduled").asLong()).isEqualTo(300);
    var ended = line(end);
    assertThat(ended.path("event").asString()).isEqualTo(end);
    assertThat(ended.path("dataset_id").asString()).isEqualTo(dataset.toString());
    assertThat(ended.path("deletion_id").asString()).isEqualTo(deletion.toString());
    assertThat(ended.path("files_deleted").asLong()).isEqualTo(2);
    assertThat(ended.path("bytes_freed").asLong()).isEqualTo(200);
    assertThat(ended.path("minio_cleanup_success").asBoolean()).isEqualTo(state.equals("PURGED"));
    expectEnd(ended, state, level);
  }

  @Test
  void tellsOfAJob() {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(io.purgeline.gateway.Records.name("made"), job);

    api.delete("/jobs/" + job + "?delete_dataset=true");

    var line = line("synthetic_job_deleted");
    assertThat(line.path("job_id").asString()).isEqualTo(job.toString());
    assertThat(line.path("datasets_deleted").asLong()).isOne();
    assertThat(line.path("minio_files_deleted").asLong()).isZero();
    assertThat(line.path("minio_files_scheduled").asLong()).isEqualTo(3);
    assertThat(line.path("bytes_scheduled").asLong()).isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource({
    "DONE,synthetic_job_purged,PURGED,INFO",
    "DEAD,synthetic_job_purge_failed,DEAD,ERROR",
    "RETAINED,synthetic_job_purge_ended,RETAINED,INFO",
    "DISCARDED,synthetic_job_purge_ended,INCOMPLETE,INFO"
  })
  void tellsHowAJobEnded(String task, String end, String state, String level) {
    var job = records.job("synthetic_generation", "completed");
    records.dataset(Records.name("made"), job);
    var answer = api.delete("/jobs/" + job + "?delete_dataset=true");

    records.work(UUID.fromString(answer.json().at("/deletions/0").asString()), task);

    assertThat(told(answer.deletion())).containsExactly("synthetic_job_deleted", end);
    var ended = line(end);
    assertThat(ended.path("event").asString()).isEqualTo(end);
    assertThat(ended.path("job_id").asString()).isEqualTo(job.toString());
    assertThat(ended.path("minio_files_deleted").asLong()).isEqualTo(2);
    expectEnd(ended, state, level);
  }

  @ParameterizedTest
  @CsvSource({
    "DONE,Successfully deleted 1 paths for training %s,PURGED,INFO",
    "DEAD,File cleanup for training %s ended as DEAD,DEAD,ERROR",
    "RETAINED,File cleanup for training %s ended as RETAINED,RETAINED,INFO",
    "DISCARDED,File cleanup for training %s ended as INCOMPLETE,INCOMPLETE,INFO"
  })
  void tellsOfATrainingWithItsIdsAndCounts(String task, String end, String state, String level) {
    var training = records.training("completed");
    var deletion = api.delete("/trainings/" + training).deletion();
    records.work(deletion, task);

    var beginning =
        "Queued file cleanup for training " + training + ": dir://trainings/" + training;
    assertThat(told(deletion)).containsExactly(beginning, end.formatted(training));
    var ended = line(end.formatted(training));
    for (var line : List.of(line(beginning), ended)) {
      assertThat(line.path("training_id").asString()).isEqualTo(training);
      assertThat(line.path("deletion_id").asString()).isEqualTo(deletion.toString());
    }
    assertThat(ended.path("files_deleted").asLong()).isEqualTo(2);
    expectEnd(ended, state, level);
  }

  private static void expectEnd(JsonNode line, String state, String level) {
    assertThat(line.path("state").asString()).isEqualTo(state);
    assertThat(line.path("bytes_freed").asLong()).isEqualTo(200);
    assertThat(line.at("/log/level").asString()).isEqualTo(level);
  }

  @Test
  void saysNothingOfAnEndThatDidNotComeToPass() {
    var deletion = api.delete("/datasets/" + records.dataset()).deletion();
    lines.clear();

    transactions.executeWithoutResult(tx -> {
      records.work(deletion, "DONE"); // joins
      tx.setRollbackOnly();
    });

    assertThat(told(deletion)).isEmpty();
    assertThat(api.get("/deletions/" + deletion).json().path("state").asString())
        .isEqualTo("PURGING");
  }

  /** The messages of a deletion. */
  private List<String> told(UUID deletion) {
    return lines.events().stream()
        .filter(line -> String.valueOf(line.getKeyValuePairs()).contains(deletion.toString()))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** The line with this message, as a log collector gets it. */
  private JsonNode line(String message) {
    var event =
        lines.events().stream()
            .filter(line -> line.getFormattedMessage().equals(message))
            .findFirst()
            .orElseThrow(() -> new AssertionError(message + " is not in " + lines.events()));
    var json = JSON.readTree(new String(encoder.encode(event), StandardCharsets.UTF_8));
    assertThat(json.path("message").asString()).isEqualTo(message);
    assertThat(json.at("/ecs/version").asString("")).isNotEmpty();
    return json;
  }

  private List<String> facts(UUID deletion) {
    return sql.sql(
            """
            select payload from outbox
            where deletion_id = :id and exchange = 'purgeline.events' and type <> 'DeletionRequested'
            order by id
            """)
        .param("id", deletion)
        .query((row, n) -> row.getString(1))
        .list();
  }
}
