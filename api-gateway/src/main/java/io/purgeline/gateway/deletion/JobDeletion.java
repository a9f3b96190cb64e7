package io.purgeline.gateway.deletion;

import io.purgeline.gateway.deletion.DatasetRemoval.Removed;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Deletes a job and, if that is asked for, every dataset it made: all or none, in one transaction.
 */
@Component
class JobDeletion {

  private final DeletionTransaction transaction;
  private final JobLock lock;
  private final Protection protection;
  private final JobRemoval job;
  private final DatasetRemoval dataset;

  JobDeletion(
      DeletionTransaction transaction,
      JobLock lock,
      Protection protection,
      JobRemoval job,
      DatasetRemoval dataset) {
    this.transaction = transaction;
    this.lock = lock;
    this.protection = protection;
    this.job = job;
    this.dataset = dataset;
  }

  DeletedJob delete(JobRequest request, Requester by) {
    var deleted =
        transaction.run(() -> {
          var locked = lock.lock(request);
          protection.requireNotNeeded(locked.datasets(), RefusalText.JOB);
          var deletion = job.begin(locked.job(), by);
          var removed =
              locked.datasets().stream()
                  .map(found -> dataset.remove(found, deletion.id(), by))
                  .toList();
          job.finish(locked.job(), deletion);
          return new DeletedJob(deletion, removed);
        });
    RequestLog.deleted(deleted);
    return deleted;
  }

  /** A job that is gone, and the datasets that went with it, in the order of their ids. */
  record DeletedJob(NewDeletion deletion, List<Removed> datasets) {

    long samples() {
      return datasets.stream().mapToLong(removed -> removed.dataset().samples()).sum();
    }

    long bytes() {
      return datasets.stream().mapToLong(removed -> removed.dataset().bytes()).sum();
    }
  }
}
