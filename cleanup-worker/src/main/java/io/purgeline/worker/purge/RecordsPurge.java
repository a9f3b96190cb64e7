package io.purgeline.worker.purge;

import io.purgeline.worker.purge.Outcome.Continue;
import io.purgeline.worker.purge.Outcome.Purged;
import java.time.Duration;

/** Removes the rows of a dataset that has no storage. Nothing in any store is touched or listed. */
final class RecordsPurge implements Purge {

  private final SampleRows samples;

  RecordsPurge(SampleRows samples) {
    this.samples = samples;
  }

  @Override
  public Outcome purge(PurgeTask task, Slice slice) {
    while (samples.removeKeyless(slice.lease(), task.datasetId())) {
      if (slice.isOver()) {
        return new Continue(Duration.ZERO);
      }
    }
    return new Purged(true);
  }
}
