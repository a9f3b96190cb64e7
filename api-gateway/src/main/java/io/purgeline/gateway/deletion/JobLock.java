package io.purgeline.gateway.deletion;

import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableDatasets;
import io.purgeline.gateway.catalogue.DeletableJob;
import io.purgeline.gateway.catalogue.DeletableJobs;
import io.purgeline.gateway.http.ApiException;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds a job and the datasets that are to go with it, for a look or for good. */
@Component
class JobLock {

  private final DeletableJobs jobs;
  private final DeletableDatasets datasets;
  private final DeletionRows deletions;

  JobLock(DeletableJobs jobs, DeletableDatasets datasets, DeletionRows deletions) {
    this.jobs = jobs;
    this.datasets = datasets;
    this.deletions = deletions;
  }

  /** Locks first the job, so that its datasets are known, then those that are to go with it. */
  Locked lock(JobRequest request) {
    var job = jobs.lock(request.id()).orElseThrow(() -> notFound(request.id()));
    request.requireType(job);
    return new Locked(
        job, request.deleteDataset() ? datasets.lock(datasets.createdBy(request.id())) : List.of());
  }

  /** The same without locks. */
  Locked find(JobRequest request) {
    var job = jobs.find(request.id()).orElseThrow(() -> notFound(request.id()));
    return new Locked(
        job, request.deleteDataset() ? datasets.find(datasets.createdBy(request.id())) : List.of());
  }

  private ApiException notFound(UUID id) {
    return deletions.notFound(ResourceKind.JOB, id.toString(), "Job not found: " + id);
  }

  /** A job and the datasets that are to go with it. */
  record Locked(DeletableJob job, List<DeletableDataset> datasets) {}
}
