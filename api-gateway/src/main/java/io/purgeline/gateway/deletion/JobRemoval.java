package io.purgeline.gateway.deletion;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.gateway.catalogue.DeletableDatasets;
import io.purgeline.gateway.catalogue.DeletableJob;
import io.purgeline.gateway.catalogue.DeletableJobs;
import org.springframework.stereotype.Component;

/** Takes a job out that is locked. */
@Component
class JobRemoval {

  private final DeletableJobs jobs;
  private final DeletableDatasets datasets;
  private final DeletionRows deletions;
  private final Announcement announcement;
  private final DeletionProgress progress;

  JobRemoval(
      DeletableJobs jobs,
      DeletableDatasets datasets,
      DeletionRows deletions,
      Announcement announcement,
      DeletionProgress progress) {
    this.jobs = jobs;
    this.datasets = datasets;
    this.deletions = deletions;
    this.announcement = announcement;
    this.progress = progress;
  }

  /** Writes the deletion down, to which those of its datasets will belong. */
  NewDeletion begin(DeletableJob job, Requester by) {
    var deletion = NewDeletion.of(job, by);
    deletions.insert(deletion, jobs.snapshot(job.id()));
    announcement.requested(deletion);
    if (!job.hasEnded()) {
      announcement.cancelled(job, deletion);
    }
    return deletion;
  }

  /** Takes the record out; datasets that stay remember whether it may still be writing. */
  void finish(DeletableJob job, NewDeletion deletion) {
    datasets.leaveBehind(job.id(), !job.hasEnded());
    jobs.remove(job.id());
    progress.refresh(deletion.id()); // without datasets there is nothing to wait for
  }
}
