package io.purgeline.deletion;

import io.purgeline.deletion.DeletionEnd.Counts;
import io.purgeline.deletion.DeletionProgress.Row;
import java.util.Collection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines of a deletion's start and end. Event names, fields and the sentences about
 * trainings are those that operators of the older systems already search for.
 */
public final class DeletionLog {

  private static final Logger log = LoggerFactory.getLogger("io.purgeline.deletion");

  private DeletionLog() {}

  /** A training's files will be purged. */
  public static void queued(UUID deletionId, String trainingId, Collection<String> locations) {
    training(log.atInfo(), deletionId, trainingId)
        .log("Queued file cleanup for training {}: {}", trainingId, String.join(", ", locations));
  }

  /** A training's purge begins. */
  public static void started(UUID deletionId, String trainingId) {
    training(log.atInfo(), deletionId, trainingId)
        .log("Starting file cleanup for training: {}", trainingId);
  }

  private static LoggingEventBuilder training(
      LoggingEventBuilder line, UUID deletionId, String trainingId) {
    return line.addKeyValue("deletion_id", deletionId).addKeyValue("training_id", trainingId);
  }

  static void finished(Row deletion, DeletionState state, Counts counts) {
    var line = log.atLevel(level(deletion, state));
    line = line.addKeyValue("state", state).addKeyValue("bytes_freed", counts.bytes());
    switch (deletion.kind()) {
      case DATASET -> dataset(line, deletion, state, counts);
      case JOB -> job(line, deletion, state, counts);
      case TRAINING -> training(line, deletion, state, counts);
    }
  }

  private static Level level(Row deletion, DeletionState state) {
    if (state == DeletionState.DEAD) {
      return Level.ERROR;
    }
    return deletion.isCanary() ? Level.DEBUG : Level.INFO;
  }

  private static void dataset(
      LoggingEventBuilder line, Row deletion, DeletionState state, Counts counts) {
    var event =
        event(state, "minio_cleanup_complete", "minio_cleanup_failed", "minio_cleanup_ended");
    line.addKeyValue("event", event)
        .addKeyValue("deletion_id", deletion.id())
        .addKeyValue("dataset_id", deletion.resourceId())
        .addKeyValue("dataset_name", deletion.resourceName())
        .addKeyValue("dataset_type", deletion.resourceType())
        .addKeyValue("minio_cleanup_success", state == DeletionState.PURGED)
        .addKeyValue("files_deleted", counts.objects())
        .addKeyValue("files_failed", counts.failed())
        .log(event);
  }

  private static void job(
      LoggingEventBuilder line, Row deletion, DeletionState state, Counts counts) {
    var event =
        event(
            state,
            "synthetic_job_purged",
            "synthetic_job_purge_failed",
            "synthetic_job_purge_ended");
    line.addKeyValue("event", event)
        .addKeyValue("deletion_id", deletion.id())
        .addKeyValue("job_id", deletion.resourceId())
        .addKeyValue("minio_files_deleted", counts.objects())
        .log(event);
  }

  /** Of one that left something behind without having failed, nothing but its end is told. */
  private static String event(DeletionState state, String purged, String failed, String ended) {
    return switch (state) {
      case PURGED -> purged;
      case DEAD -> failed;
      case RETAINED, INCOMPLETE, RESTORED, SCHEDULED, PURGING -> ended;
    };
  }

  private static void training(
      LoggingEventBuilder line, Row deletion, DeletionState state, Counts counts) {
    line =
        training(line, deletion.id(), deletion.resourceId())
            .addKeyValue("files_deleted", counts.objects())
            .addKeyValue("files_failed", counts.failed());
    if (state == DeletionState.PURGED) {
      line.log(
          "Successfully deleted {} paths for training {}", counts.paths(), deletion.resourceId());
    } else {
      line.log("File cleanup for training {} ended as {}", deletion.resourceId(), state);
    }
  }
}
