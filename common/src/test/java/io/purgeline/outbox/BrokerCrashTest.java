package io.purgeline.outbox;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A broker that hangs or dies with messages on their way: every row stays until it is confirmed.
 */
class BrokerCrashTest {

  private RabbitServer server;
  private TcpProxy proxy;
  private RelayFixture fixture;

  @BeforeEach
  void start() {
    server = RabbitServer.own();
    proxy = new TcpProxy(server.port());
    proxy.remember();
    fixture = connected(RelayFixture.PATIENCE);
  }

  private RelayFixture connected(Duration confirmTimeout) {
    var connected = new RelayFixture(server.newVirtualHost().through(proxy.port()), confirmTimeout);
    connected.insert(RelayFixture.QUEUE, 1);
    connected.runUntil(() -> connected.rows() == 0);
    assertThat(connected.received()).isNotEmpty();
    return connected;
  }

  @AfterEach
  void close() {
    server.resume();
    fixture.close();
    proxy.close();
    server.close();
  }

  @Test
  void losesNothingWhenTheBrokerIsKilledBetweenPublishAndConfirm() throws Exception {
    server.pause();
    var sent = fixture.insert(RelayFixture.QUEUE, 1);
    var run = publishing(sent.getFirst());

    server.kill();

    assertThat(run.get(1, MINUTES)).isEqualTo(new RelayReport(0, 0, 1, 0));
    assertThat(fixture.rows()).isOne();
    server.start();
    assertArriveAfterAll(sent);
  }

  @Test
  void keepsABatchAsItWasWhenTheBrokerIsKilledInItsMiddle() {
    server.pause();
    var sent = fixture.insert(RelayFixture.QUEUE, 10);
    var run = publishing(sent.getFirst());

    server.kill();

    assertThat(run).failsWithin(Duration.ofMinutes(1));
    assertThat(fixture.rows()).isEqualTo(10);
    assertThat(fixture.errors()).isEmpty();
    server.start();
    assertArriveAfterAll(sent);
  }

  @Test
  void letsGoOfItsRowsInTimeWhileTheBrokerHangs() {
    fixture.close();
    fixture = connected(Duration.ofSeconds(10));
    server.pause();
    var sent = fixture.insert(RelayFixture.QUEUE, 1);
    var run = publishing(sent.getFirst());

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(fixture.errors()).containsExactly("the broker did not confirm it"));

    server.resume();
    assertThat(run).succeedsWithin(Duration.ofMinutes(1));
    assertArriveAfterAll(sent);
  }

  /** A run of the relay that has sent this message and waits for the broker's word. */
  private CompletableFuture<RelayReport> publishing(UUID message) {
    var run = CompletableFuture.supplyAsync(() -> fixture.relay().runOnce());
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> proxy.said().contains("payload " + message));
    return run;
  }

  private void assertArriveAfterAll(List<UUID> sent) {
    var patience = Duration.ofMinutes(2);
    await()
        .atMost(patience)
        .ignoreExceptions() // until it accepts connections again
        .untilAsserted(fixture::connect);
    await()
        .atMost(patience)
        .ignoreExceptions() // the relay's old connection, once
        .until(() -> {
          fixture.relay().runOnce();
          return fixture.rows() == 0;
        });
    assertThat(fixture.received()).containsAll(sent);
  }
}
