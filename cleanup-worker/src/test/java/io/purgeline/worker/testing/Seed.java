package io.purgeline.worker.testing;

import io.purgeline.location.Location;
import io.purgeline.messaging.MessageType;
import io.purgeline.messaging.WorkQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deletion that is about to be committed, in one transaction, as the gateway does it. */
public final class Seed {

  private final Records records;
  private final UUID deletion = UUID.randomUUID();
  private final boolean training;
  private final String resourceId;
  private final List<Place> places = new ArrayList<>();
  private final List<Runnable> rows = new ArrayList<>();
  private boolean settle;
  private boolean reserved = true;

  private Seed(Records records, boolean training, String resourceId) {
    this.records = records;
    this.training = training;
    this.resourceId = resourceId;
  }

  static Seed dataset(Records records) {
    return new Seed(records, false, UUID.randomUUID().toString());
  }

  static Seed training(Records records) {
    var id = "train_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    return new Seed(records, true, id);
  }

  /** Its bytes are here, or here as well. */
  public Seed at(String uri) {
    places.add(new Place(UUID.randomUUID(), UUID.randomUUID(), Location.parse(uri)));
    return this;
  }

  /** It has rows, and bytes nowhere. */
  public Seed withRowsOnly(int count) {
    places.add(new Place(UUID.randomUUID(), null, null));
    rows.add(() ->
        records.change(
            "insert into sample select cast(? as uuid), null, i, 'rx', null, 0 from generate_series(1, ?) i",
            resourceId,
            count));
    return this;
  }

  /** Objects that were registered for the last place. */
  public Seed registered(List<String> keys, long size) {
    var location = Objects.requireNonNull(places.getLast().locationId());
    rows.add(() ->
        records.change(
            "insert into sample select cast(? as uuid), ?, i, 'rx', k, ?"
                + " from unnest(?::text[]) with ordinality as u (k, i)",
            resourceId,
            location,
            size,
            keys.toArray(String[]::new)));
    return this;
  }

  /** Somebody may still be writing. */
  public Seed settling() {
    settle = true;
    return this;
  }

  /** It was asked for in this trace. */
  public Seed traced(String traceparent) {
    rows.add(() -> {
      records.change("update deletion set traceparent = ? where id = ?", traceparent, deletion);
      records.change(
          "update outbox set traceparent = ? where deletion_id = ?", traceparent, deletion);
    });
    return this;
  }

  /** Nothing says that its places are its own. */
  public Seed withoutReservation() {
    reserved = false;
    return this;
  }

  public Deletion commit() {
    records.inTransaction(() -> {
      insertDeletion();
      places.forEach(this::insertTask);
      rows.forEach(Runnable::run);
    });
    return new Deletion(deletion, resourceId, records);
  }

  private void insertDeletion() {
    records.change(
        """
        insert into deletion (id, resource_kind, resource_id, resource_name, resource_type, snapshot, actor, state, settle)
        values (?, ?, ?, 'name', ?, '{}', 'test', 'PURGING', ?)
        """,
        deletion,
        kind(),
        resourceId,
        training ? "-" : "iq_raw",
        settle);
  }

  private void insertTask(Place place) {
    var location = place.location();
    if (location != null && reserved) {
      reserve(records, place, kind(), resourceId, deletion);
    }
    var queue = location == null ? WorkQueue.RECORDS : WorkQueue.of(location);
    records
        .jdbc()
        .sql(
            """
            insert into purge_task (id, deletion_id, location_id, location, dataset_id, queue, state)
            values (:id, :deletion, :locationId, :location, cast(:dataset as uuid), :queue, 'PENDING')
            """)
        .param("id", place.task())
        .param("deletion", deletion)
        .param("locationId", place.locationId())
        .param("location", location == null ? null : location.uri())
        .param("dataset", training ? null : resourceId)
        .param("queue", queue.name())
        .update();
    insertMessage(place.task(), queue.name());
  }

  static void reserve(
      Records records, Place place, String kind, String owner, @Nullable UUID deletion) {
    var location = Objects.requireNonNull(place.location());
    records
        .jdbc()
        .sql(
            """
            insert into storage_location (id, owner_kind, owner_id, uri, span, deletion_id)
            values (:id, :kind, :owner, :uri, key_range(:start, :end), :deletion)
            """)
        .param("id", place.locationId())
        .param("kind", kind)
        .param("owner", owner)
        .param("uri", location.uri())
        .param("start", location.spanStart())
        .param("end", location.spanEnd())
        .param("deletion", deletion)
        .update();
  }

  private void insertMessage(UUID task, String queue) {
    var type = training ? MessageType.TRAINING_DELETED : MessageType.DATASET_DELETED;
    records.change(
        """
        insert into outbox (event_id, exchange, routing_key, type, mandatory, deletion_id, task_id, payload)
        values (gen_random_uuid(), 'purgeline.work', ?, ?, true, ?, ?, ?)
        """,
        queue,
        type.type(),
        deletion,
        task,
        Messages.json(type, task, 1, deletion, resourceId));
  }

  private String kind() {
    return training ? "training" : "dataset";
  }

  record Place(UUID task, @Nullable UUID locationId, @Nullable Location location) {}
}
