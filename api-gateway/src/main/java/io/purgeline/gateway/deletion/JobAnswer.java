package io.purgeline.gateway.deletion;

import io.purgeline.gateway.deletion.JobDeletion.DeletedJob;
import java.util.List;
import java.util.UUID;

/**
 * What came of deleting a job.
 *
 * @param datasetsDeleted how many datasets went with it
 * @param minioFilesDeleted how many of their files are confirmed as purged so far
 * @param minioFilesScheduled how many were registered
 * @param deletions the deletions of its datasets, in the order of the datasets' ids
 */
record JobAnswer(
    String message,
    String jobId,
    int datasetsDeleted,
    long minioFilesDeleted,
    long minioFilesScheduled,
    List<UUID> deletions) {

  static JobAnswer of(DeletedJob job, long confirmed) {
    var id = job.deletion().resourceId();
    return new JobAnswer(
        "Synthetic generation job " + id + " deleted successfully",
        id,
        job.datasets().size(),
        confirmed,
        job.samples(),
        job.datasets().stream().map(removed -> removed.deletion().id()).toList());
  }
}
