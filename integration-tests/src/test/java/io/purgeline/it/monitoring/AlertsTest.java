package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.it.monitoring.Webhook.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Something is broken, the alert that is meant for it reaches somebody, and no other does; it is
 * repaired, and they learn that too. The last test leaves a spent error budget behind.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("monitored installation")
@TestMethodOrder(OrderAnnotation.class)
class AlertsTest {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");

  private final MonitoredInstallation purgeline = MonitoredInstallation.shared();
  private final Monitoring monitoring = purgeline.monitoring;
  private int before;

  @BeforeEach
  void allIsWell() {
    awaitFiring(Set.of());
    before = monitoring.webhook.notices().size();
  }

  @AfterEach
  void repair() {
    purgeline.rabbit.haveMemoryAgain();
    purgeline.broker.restore();
    purgeline.store.restore();
    purgeline.allow();
    purgeline.neighbours.assertUntouched();
  }

  /** What was published before is still consumed. */
  @Test
  @Order(1)
  void tellThatTheOutboxStandsStillBecauseTheBrokerTakesNothing() {
    var dataset = purgeline.dataset();
    purgeline.rabbit.runShortOfMemory();
    var deletion = purgeline.delete(dataset);

    awaitTold("PurgelineOutboxStalled", "PurgelinePublisherBlocked");
    purgeline.rabbit.haveMemoryAgain();

    purgeline.awaitState(deletion, "PURGED");
    awaitResolved("PurgelineOutboxStalled");
  }

  @Test
  @Order(2)
  void tellThatNobodyConsumes() {
    var dataset = purgeline.dataset();
    purgeline.broker.cutOff();
    var deletion = purgeline.delete(dataset);

    awaitTold("PurgelineNoConsumers");
    purgeline.broker.restore();

    purgeline.awaitState(deletion, "PURGED");
    awaitResolved("PurgelineNoConsumers");
  }

  @Test
  @Order(3)
  void tellThatAStoreIsOutOfReach() {
    var dataset = purgeline.dataset();
    purgeline.store.cutOff();
    var deletion = purgeline.delete(dataset);

    awaitTold("PurgelineStoreBreakerOpen");
    purgeline.store.restore();

    purgeline.awaitState(deletion, "PURGED");
    awaitResolved("PurgelineStoreBreakerOpen");
  }

  /** The error budget burns as soon as the deletion is older than the objective. */
  @Test
  @Order(4)
  void tellOfADeadLetterAndLaterThatItsDeletionIsOverdue() {
    var dataset = purgeline.dataset();
    purgeline.deny();
    var deletion = purgeline.delete(dataset);

    awaitTold("PurgelineDeadLetters");
    assertThat(purgeline.api.get(deletion).body().path("state").stringValue()).isEqualTo("DEAD");
    awaitTold(
        "PurgelineDeletionOverdue",
        "PurgelineDeadLetters",
        "PurgelineSLOBurnFast",
        "PurgelineSLOBurnSlow",
        "PurgelineSLOBurnTicket");
    purgeline.allow();
    var replay = Map.of("selector", Map.of("all", true), "reason", "may delete again");
    assertThat(purgeline.api.post("/api/v1/replays", replay).status()).isEqualTo(202);

    purgeline.awaitState(deletion, "PURGED");
    awaitResolved("PurgelineDeadLetters");
    awaitResolved("PurgelineDeletionOverdue");
  }

  /** The first of them reaches the webhook, and these fire and no other. */
  private void awaitTold(String alert, String... explained) {
    var expected = new TreeSet<>(Set.of(explained));
    expected.add(alert);
    awaitLast(alert, "firing");
    awaitFiring(expected);
    // That an alert of before has ended may be told late.
    assertThat(notices().stream().filter(notice -> notice.status().equals("firing")))
        .extracting(Notice::alert)
        .isSubsetOf(expected);
    assertThat(notices()).allSatisfy(AlertsTest::isOfUse);
  }

  private void awaitResolved(String alert) {
    awaitLast(alert, "resolved");
    assertThat(monitoring.prometheus.firing()).doesNotContain(alert);
  }

  /** For a while, so that one that is late is seen as well. */
  private void awaitFiring(Set<String> alerts) {
    await()
        .atMost(MonitoredInstallation.LONG)
        .pollInterval(POLL)
        .during(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(monitoring.prometheus.firing()).isEqualTo(alerts));
  }

  private void awaitLast(String alert, String status) {
    await()
        .atMost(MonitoredInstallation.LONG)
        .pollInterval(POLL)
        .untilAsserted(() ->
            assertThat(notices().stream().filter(notice -> notice.alert().equals(alert)))
                .as("of %s; fires now: %s", notices(), monitoring.prometheus.firing())
                .isNotEmpty()
                .last()
                .extracting(Notice::status)
                .isEqualTo(status));
  }

  private List<Notice> notices() {
    var all = monitoring.webhook.notices();
    return all.subList(before, all.size());
  }

  /** A person learns what it is, in a sentence that could be made, and where to read on. */
  private static void isOfUse(Notice notice) {
    assertThat(notice.severity()).isIn("page", "ticket", "warning");
    assertThat(notice.summary()).isNotBlank().doesNotContain("<error", "%!");
    assertThat(RUNBOOKS.resolve(notice.runbook().replaceFirst(".*/", ""))).exists();
  }
}
