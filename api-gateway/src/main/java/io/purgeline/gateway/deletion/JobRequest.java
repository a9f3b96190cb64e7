package io.purgeline.gateway.deletion;

import io.purgeline.gateway.catalogue.DeletableJob;
import io.purgeline.gateway.http.ApiException;
import java.util.UUID;

/**
 * Which job is to go, and what with it.
 *
 * @param id the job
 * @param deleteDataset whether every dataset that it made goes with it
 * @param syntheticOnly whether only a job that generates datasets is meant
 */
record JobRequest(UUID id, boolean deleteDataset, boolean syntheticOnly) {

  void requireType(DeletableJob job) {
    if (syntheticOnly && !job.type().equals(DeletableJob.SYNTHETIC)) {
      throw ApiException.badRequest("Job " + id + " is not a synthetic generation job");
    }
  }
}
