package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.worker.store.ItemFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Records what it is told and stops when it is asked for the n-th time. */
final class Control implements UnlinkControl {

  private final AtomicLong asked = new AtomicLong();
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final List<ItemFailure> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong largestReport = new AtomicLong();
  private final long stopAt;
  private final LongConsumer onAsked;

  private Control(long stopAt, LongConsumer onAsked) {
    this.stopAt = stopAt;
    this.onAsked = onAsked;
  }

  static Control toTheEnd() {
    return new Control(Long.MAX_VALUE, count -> {});
  }

  static Control stoppingAt(long count) {
    return new Control(count, at -> {});
  }

  /** Does something each time it is asked whether to stop, which is before every entry. */
  static Control doing(LongConsumer onAsked) {
    return new Control(Long.MAX_VALUE, onAsked);
  }

  @Override
  public boolean stop() {
    long count = asked.incrementAndGet();
    onAsked.accept(count);
    return count >= stopAt;
  }

  @Override
  public void removed(TreeSize since) {
    entries.add(since.entries());
    bytes.add(since.bytes());
    largestReport.accumulateAndGet(since.entries(), Math::max);
  }

  @Override
  public void failed(List<ItemFailure> page) {
    assertThat(page).hasSizeBetween(1, 1000);
    failures.addAll(page);
  }

  List<ItemFailure> failures() {
    return failures;
  }

  TreeSize removed() {
    return new TreeSize(entries.sum(), bytes.sum());
  }

  long asked() {
    return asked.get();
  }

  long largestReport() {
    return largestReport.get();
  }
}
