package io.purgeline.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.config.RelayProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the relay runs: at once, or at the next poll, or after a pause. */
class RelayLoopTest {

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration AT_MOST = Duration.ofMillis(800);
  private static final Duration LONG = Duration.ofMinutes(1);

  private RelayFixture fixture;
  private OutboxSignal signal;
  private final Failures failures = new Failures();
  private @Nullable RelayLoop loop;

  @BeforeEach
  void start() {
    fixture = new RelayFixture();
    signal = new OutboxSignal(fixture.jdbc());
  }

  @AfterEach
  void close() {
    if (loop != null) {
      stop(loop);
    }
    signal.close();
    fixture.close();
  }

  /** It is told of a commit, lest it end with its next poll only. */
  private void stop(RelayLoop running) {
    var stopped = CompletableFuture.runAsync(running::stop);
    await().until(() -> !running.isRunning());
    fixture.transactions().executeWithoutResult(tx -> signal.afterCommit());
    stopped.join();
  }

  @Test
  void publishesSoonAfterTheCommitThatSaysSo() {
    run(fixture.relay(), Duration.ofMinutes(5));
    await().until(() -> fixture.listeners() == 1);

    fixture
        .transactions()
        .executeWithoutResult(tx -> {
          fixture.insert(RelayFixture.QUEUE, 3);
          signal.afterCommit();
        });

    await().atMost(LONG).until(() -> fixture.rows() == 0);
    assertThat(fixture.received()).hasSize(3);
  }

  @Test
  void findsAtTheNextPollWhatNobodyTold() {
    run(fixture.relay(), SHORT);
    await().until(() -> fixture.listeners() == 1);

    fixture.insert(RelayFixture.QUEUE, 3);

    await().until(() -> fixture.rows() == 0);
    assertThat(fixture.received()).hasSize(3);
  }

  @Test
  void pausesLongerAndLongerWhileTheBrokerIsAwayButNotForEver() {
    fixture.insert(RelayFixture.QUEUE, 1);

    run(fixture.relayWithoutBroker(), SHORT);

    await().atMost(LONG).until(() -> failures.count() >= 9);
    var pauses = failures.pauses();
    assertThat(pauses.get(0)).isGreaterThanOrEqualTo(200);
    assertThat(pauses.get(1)).isGreaterThanOrEqualTo(400);
    assertThat(pauses.get(2)).isGreaterThanOrEqualTo(AT_MOST.toMillis());
    // The shortest of some, since a busy machine makes any of them longer.
    assertThat(pauses.subList(3, 8).stream().mapToLong(p -> p).min().getAsLong())
        .isBetween(AT_MOST.toMillis(), 2 * AT_MOST.toMillis() - 1);
    assertThat(fixture.rows()).isOne();
  }

  @Test
  void stopsAtOnceWhileItPauses() {
    fixture.insert(RelayFixture.QUEUE, 1);
    run(fixture.relayWithoutBroker(), SHORT, LONG);
    await().atMost(LONG).until(() -> failures.count() >= 7); // now it pauses for 12.8 seconds

    var before = System.nanoTime();
    requireNonNull(loop).stop();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  private void run(OutboxRelay relay, Duration poll) {
    run(relay, poll, AT_MOST);
  }

  private void run(OutboxRelay relay, Duration poll, Duration maxPause) {
    var settings = new RelayProperties(200, poll, Duration.ofSeconds(30), maxPause);
    loop = new RelayLoop(relay, fixture.source(), settings, failures);
    loop.start();
  }

  private static final class Failures implements RelayListener {

    private final List<Long> times = new CopyOnWriteArrayList<>();

    @Override
    public void failed(RuntimeException cause) {
      times.add(System.nanoTime());
    }

    @Override
    public void ran(RelayReport report) {}

    int count() {
      return times.size();
    }

    /** In milliseconds. */
    List<Long> pauses() {
      var pauses = new ArrayList<Long>();
      for (int i = 1; i < times.size(); i++) {
        pauses.add((times.get(i) - times.get(i - 1)) / 1_000_000);
      }
      return pauses;
    }
  }
}
