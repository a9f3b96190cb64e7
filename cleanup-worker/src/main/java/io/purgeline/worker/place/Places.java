package io.purgeline.worker.place;

import io.purgeline.location.DirectoryLocation;
import io.purgeline.location.Location;
import io.purgeline.location.ObjectLocation;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.objects.Bucket;
import io.purgeline.worker.objects.ObjectStore;
import io.purgeline.worker.purge.DirectoryPlaces;
import io.purgeline.worker.purge.GoAhead;
import io.purgeline.worker.purge.ObjectPlaces;
import io.purgeline.worker.purge.OutOfReach;
import io.purgeline.worker.purge.Probe;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every store and root this worker was given, by name. */
public final class Places implements ObjectPlaces, DirectoryPlaces, Probe {

  /** While a whole store is down its queues are not consumed: that is what makes its tasks wait. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ConnectedPlaces connected;
  private final Buckets buckets;
  private final Roots marked;
  private final Gates gates;
  private final Absences absences;

  Places(ConnectedPlaces connected, Buckets buckets, Roots marked, Gates gates, Absences absences) {
    this.connected = connected;
    this.buckets = buckets;
    this.marked = marked;
    this.gates = gates;
    this.absences = absences;
  }

  @Override
  public ObjectPlace open(ObjectLocation location, GoAhead goAhead) {
    var known = absences.known(BucketName.of(location));
    if (known.isPresent()) {
      throw new StoreUnavailableException(known.get().problem(), null);
    }
    var guarded = new GuardedObjectStore(access(location), goAhead);
    var bucket = recognise(guarded, location);
    return new ObjectPlace(guarded, bucket, location.prefix(), () -> isUnchanged(bucket, location));
  }

  /**
   * One that has begun to keep versions meanwhile must not be sent anything without naming them.
   */
  private boolean isUnchanged(Bucket bucket, ObjectLocation location) {
    return outage(location).isEmpty()
        && access(location).store().bucket(bucket.name()).isNamedLike(bucket);
  }

  @Override
  public DirectoryStore open(DirectoryLocation location) {
    return recognise(new GuardedDirectoryStore(access(location)), location);
  }

  @Override
  public Optional<OutOfReach> outage(Location location) {
    return switch (location) {
      case ObjectLocation objects -> outage(objects);
      case DirectoryLocation directory ->
          outage(directory, () -> recognise(access(directory).store(), directory));
    };
  }

  private Optional<OutOfReach> outage(ObjectLocation location) {
    var known = absences.known(BucketName.of(location));
    return known.isPresent()
        ? known
        : outage(location, () -> recognise(access(location).store(), location));
  }

  /** If the place is gone with its whole store, the store's gate closes too. */
  private Optional<OutOfReach> outage(Location location, Runnable look) {
    try {
      look.run();
      return Optional.empty();
    } catch (StoreUnavailableException | RefusedException e) {
      var problem = String.valueOf(e.getMessage());
      var storeIsUp = gates.check(WorkQueue.of(location));
      return Optional.of(
          storeIsUp && location instanceof ObjectLocation objects
              ? absences.found(BucketName.of(objects), problem)
              : new OutOfReach(problem, SOON));
    }
  }

  private Bucket recognise(ObjectStore client, ObjectLocation location) {
    return recognise(client, BucketName.of(location));
  }

  private Bucket recognise(ObjectStore client, BucketName name) {
    var bucket = buckets.recognise(client, name.store(), name.bucket());
    absences.end(name);
    return bucket;
  }

  private DirectoryStore recognise(DirectoryStore root, DirectoryLocation location) {
    return marked.recognise(location.store(), root);
  }

  /** Gives up every call of a store that is under way. */
  public void cancelCalls() {
    connected.stores().values().forEach(access -> access.store().cancelCalls());
  }

  /**
   * Looks for buckets that are out of reach while their store is up: whether one is back must not
   * depend on whether somebody wants it just now.
   */
  void lookForAbsentBuckets() {
    absences.due().stream().filter(bucket -> gates.isUp(bucket.queue())).forEach(this::lookFor);
  }

  private void lookFor(BucketName bucket) {
    try {
      recognise(access(bucket).store(), bucket);
    } catch (StoreUnavailableException | RefusedException e) {
      if (gates.check(bucket.queue())) {
        absences.found(bucket, String.valueOf(e.getMessage()));
      }
    }
  }

  private ObjectStoreAccess access(ObjectLocation location) {
    return access(BucketName.of(location));
  }

  private ObjectStoreAccess access(BucketName name) {
    var access = known(name.store(), connected.stores().get(name.store()));
    if (!access.buckets().contains(name.bucket())) {
      throw new StoreUnavailableException(
          "bucket %s is not configured for the store %s".formatted(name.bucket(), name.store()),
          null);
    }
    return access;
  }

  private RootAccess access(DirectoryLocation location) {
    return known(location.store(), connected.roots().get(location.store()));
  }

  private static <T> T known(String name, @Nullable T place) {
    if (place == null) {
      throw new StoreUnavailableException("this worker was not given " + name, null);
    }
    return place;
  }
}
