package io.purgeline.gateway.deletion;

import io.purgeline.database.Ids;
import io.purgeline.deletion.ResourceKind;
import io.purgeline.gateway.catalogue.DeletableDataset;
import io.purgeline.gateway.catalogue.DeletableJob;
import io.purgeline.gateway.catalogue.DeletableTraining;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deletion that is about to be written down.
 *
 * @param id its id, the idempotency key of every later step
 * @param kind what is deleted
 * @param resourceId its id
 * @param name its name
 * @param type its type, null for kinds without
 * @param settle whether somebody may still be writing, so that the purge has to wait for it
 * @param parentId the deletion of the job that this one is part of
 * @param by who asked for it
 */
record NewDeletion(
    UUID id,
    ResourceKind kind,
    String resourceId,
    String name,
    @Nullable String type,
    boolean settle,
    @Nullable UUID parentId,
    Requester by) {

  static NewDeletion of(DeletableDataset dataset, @Nullable UUID parentId, Requester by) {
    return new NewDeletion(
        Ids.next(),
        ResourceKind.DATASET,
        dataset.id().toString(),
        dataset.name(),
        dataset.type(),
        dataset.unsettled(),
        parentId,
        by);
  }

  static NewDeletion of(DeletableJob job, Requester by) {
    var settle = !job.hasEnded();
    var id = job.id().toString();
    return new NewDeletion(
        Ids.next(), ResourceKind.JOB, id, job.name(), job.type(), settle, null, by);
  }

  static NewDeletion of(DeletableTraining training, Requester by) {
    var settle = !training.hasEnded();
    return new NewDeletion(
        Ids.next(), ResourceKind.TRAINING, training.id(), training.name(), null, settle, null, by);
  }
}
