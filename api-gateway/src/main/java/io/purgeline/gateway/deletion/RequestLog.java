package io.purgeline.gateway.deletion;

import io.purgeline.audit.AuditEntry;
import io.purgeline.deletion.DeletionLog;
import io.purgeline.gateway.deletion.DatasetRemoval.Removed;
import io.purgeline.gateway.deletion.JobDeletion.DeletedJob;
import io.purgeline.location.Location;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log lines of accepted deletions, written after their commit. Nothing is purged at that time,
 * and they say so; the figures come with the line of the deletion's end.
 */
final class RequestLog {

  private static final Logger log = LoggerFactory.getLogger("io.purgeline.deletion");

  private RequestLog() {}

  static void deleted(Removed removed) {
    var dataset = removed.dataset();
    var isCanary = removed.deletion().by().actor().equals(AuditEntry.CANARY);
    log.atLevel(isCanary ? Level.DEBUG : Level.INFO)
        .addKeyValue("event", "synthetic_dataset_deleted")
        .addKeyValue("dataset_id", dataset.id())
        .addKeyValue("dataset_name", dataset.name())
        .addKeyValue("dataset_type", dataset.type())
        .addKeyValue("minio_cleanup_success", false)
        .addKeyValue("minio_files_deleted", 0)
        .addKeyValue("minio_files_scheduled", dataset.samples())
        .addKeyValue("bytes_scheduled", dataset.bytes())
        .addKeyValue("deletion_id", removed.deletion().id())
        .log("synthetic_dataset_deleted");
  }

  static void deleted(DeletedJob job) {
    job.datasets().forEach(RequestLog::deleted);
    log.atInfo()
        .addKeyValue("event", "synthetic_job_deleted")
        .addKeyValue("job_id", job.deletion().resourceId())
        .addKeyValue("datasets_deleted", job.datasets().size())
        .addKeyValue("minio_files_deleted", 0)
        .addKeyValue("minio_files_scheduled", job.samples())
        .addKeyValue("bytes_scheduled", job.bytes())
        .addKeyValue("deletion_id", job.deletion().id())
        .log("synthetic_job_deleted");
  }

  static void deleted(NewDeletion training, List<Location> locations) {
    DeletionLog.queued(
        training.id(), training.resourceId(), locations.stream().map(Location::uri).toList());
  }
}
