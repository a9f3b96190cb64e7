package io.purgeline.worker.consume;

import io.purgeline.config.WorkerProperties;
import io.purgeline.worker.place.Gates;
import io.purgeline.worker.place.Places;
import io.purgeline.worker.purge.Slices;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at every bucket and root, and from then on lets every queue be consumed exactly while its
 * store is up and purging is not frozen, and asks stores that are down whether they are back.
 * Stopping hands running slices back first, so that nothing has to wait for a lease to run out; a
 * request that a store does not answer is given up for that.
 */
public final class ConsumerSupervisor implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ConsumerSupervisor.class);
  private static final long ADJUST_MILLIS = 200;

  /** A store that does not answer holds up the end no longer than this: slices need some more. */
  private static final long LAST_ANSWER_SECONDS = 12;

  /** A store that hangs when the worker starts holds up the others no longer than this. */
  private static final long FIRST_LOOK_SECONDS = 30;

  private final List<QueueConsumers> consumers;
  private final Gates gates;
  private final Places places;
  private final Slices slices;
  private final Patience patience;
  private final WorkerProperties settings;
  private final ScheduledExecutorService timer;
  private volatile boolean running;

  ConsumerSupervisor(
      List<QueueConsumers> consumers,
      Gates gates,
      Places places,
      Slices slices,
      Patience patience,
      WorkerProperties settings) {
    this.consumers = consumers;
    this.gates = gates;
    this.places = places;
    this.slices = slices;
    this.patience = patience;
    this.settings = settings;
    this.timer =
        Executors.newScheduledThreadPool(
            1 + gates.all().size(),
            Thread.ofPlatform().name("consumer-supervisor-", 0).daemon().factory());
  }

  @Override
  public void start() {
    running = true;
    var probe = settings.probeInterval().toMillis();
    var looks =
        gates.all().stream()
            .map(gate -> CompletableFuture.runAsync(() -> quietly(gate::probe), timer))
            .toArray(CompletableFuture<?>[]::new);
    var unused =
        CompletableFuture.allOf(looks)
            .completeOnTimeout(null, FIRST_LOOK_SECONDS, TimeUnit.SECONDS)
            .thenRun(this::consume);
    for (var gate : gates.all()) { // each on a thread of its own: one that hangs hides no other
      timer.scheduleWithFixedDelay(() -> quietly(gate::probe), probe, probe, TimeUnit.MILLISECONDS);
    }
  }

  /** A place that has two names is known by now, if everything could be looked at. */
  private void consume() {
    if (running) {
      gates.all().stream()
          .filter(gate -> !gate.hasLooked())
          .forEach(gate -> log.warn("{} was not looked at yet", gate.queue().name()));
      timer.scheduleWithFixedDelay(
          () -> quietly(this::adjust), 0, ADJUST_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void adjust() {
    if (running) {
      consumers.forEach(QueueConsumers::adjust);
    }
  }

  /** A timer that throws is never run again. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.warn("tried again soon: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    slices.stop();
    patience.stop();
    try (var impatience = Executors.newSingleThreadScheduledExecutor();
        var stopping = Executors.newCachedThreadPool()) {
      impatience.scheduleWithFixedDelay(
          places::cancelCalls, LAST_ANSWER_SECONDS, 1, TimeUnit.SECONDS);
      consumers.forEach(consumer -> stopping.execute(consumer::close));
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
