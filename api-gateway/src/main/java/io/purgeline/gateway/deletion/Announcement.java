package io.purgeline.gateway.deletion;

import io.purgeline.audit.AuditEntry;
import io.purgeline.audit.AuditTrail;
import io.purgeline.gateway.catalogue.DeletableJob;
import io.purgeline.outbox.Outbox;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells others and the audit trail, in the transaction of what it tells. */
@Component
class Announcement {

  private final Outbox outbox;
  private final AuditTrail audit;

  Announcement(Outbox outbox, AuditTrail audit) {
    this.outbox = outbox;
    this.audit = audit;
  }

  void requested(NewDeletion deletion) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("deletion_id", deletion.id().toString());
    data.put("resource_kind", deletion.kind().label());
    data.put("resource_id", deletion.resourceId());
    data.put("resource_name", deletion.name());
    data.put("resource_type", deletion.type());
    data.put("actor", deletion.by().actor());
    data.put("reason", deletion.by().reason());
    data.put("parent_id", deletion.parentId() == null ? null : deletion.parentId().toString());
    outbox.fact("DeletionRequested", deletion.id(), data);
    record(deletion.kind().label() + ".delete", deletion);
  }

  /** Its runner can stop now. */
  void cancelled(DeletableJob job, NewDeletion deletion) {
    outbox.fact("JobCancelled", deletion.id(), Map.of("job_id", job.id().toString()));
    record("job.cancel", deletion);
  }

  void cancelled(NewDeletion deletion) {
    record("training.cancel", deletion);
  }

  private void record(String act, NewDeletion deletion) {
    UUID id = deletion.id();
    audit.record(
        new AuditEntry(
            deletion.by().actor(),
            act,
            deletion.kind().label(),
            deletion.resourceId(),
            deletion.by().reason(),
            "accepted",
            id,
            null));
  }
}
