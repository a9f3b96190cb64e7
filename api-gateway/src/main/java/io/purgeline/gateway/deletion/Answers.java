package io.purgeline.gateway.deletion;

import io.purgeline.deletion.DeletionState;
import io.purgeline.gateway.deletion.JobDeletion.DeletedJob;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** What an accepted DELETE is answered with. */
@Component
class Answers {

  private final Waiting waiting;
  private final DeletionReader deletions;

  Answers(Waiting waiting, DeletionReader deletions) {
    this.waiting = waiting;
    this.deletions = deletions;
  }

  /** 204; to who waited, 204 means purged and everything else is 202 with the deletion. */
  DeferredResult<ResponseEntity<DeletionView>> empty(UUID deletionId, Optional<Preference> prefer) {
    var location = location(deletionId);
    return waiting.answer(
        deletionId,
        prefer,
        waited -> {
          if (waited) {
            var deletion = deletions.one(deletionId);
            if (deletion.state() != DeletionState.PURGED) {
              return ResponseEntity.accepted().location(location).body(deletion);
            }
          }
          return ResponseEntity.noContent().location(location).build();
        });
  }

  /** 200 with the counts; those of purged files are 0 unless somebody waited. */
  DeferredResult<ResponseEntity<JobAnswer>> counts(DeletedJob job, Optional<Preference> prefer) {
    var id = job.deletion().id();
    return waiting.answer(
        id,
        prefer,
        waited -> {
          var confirmed = waited ? deletions.one(id).objects().purged() : 0;
          return ResponseEntity.ok().location(location(id)).body(JobAnswer.of(job, confirmed));
        });
  }

  private static URI location(UUID deletionId) {
    return URI.create("/api/v1/deletions/" + deletionId);
  }
}
