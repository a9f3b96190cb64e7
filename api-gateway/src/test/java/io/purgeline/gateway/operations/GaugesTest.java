package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.deletion.DeletionGauges;
import io.purgeline.gateway.GatewayTestBase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class GaugesTest extends GatewayTestBase {

  @Autowired private DeletionGauges gauges;
  @Autowired private MeterRegistry registry;

  @Test
  void showsWhatIsStillToBeDone() {
    var training = api.delete("/trainings/" + records.training("completed")).deletion();
    gauges.runOnce();
    var pending = value("purgeline.tasks", "state", "PENDING", "kind", "training");

    assertThat(pending).isEqualTo(count("t.state = 'PENDING' and d.resource_kind = 'training'"));
    assertThat(value("purgeline.oldest.pending.timestamp", "kind", "training")).isPositive();
    assertThat(value("purgeline.outbox.rows")).isPositive();
    assertThat(value("purgeline.outbox.oldest.timestamp")).isPositive();
    assertThat(value("purgeline.gauges.last.success.timestamp")).isPositive();
    assertThat(value("purgeline.dead.letters", "class", "BUG", "state", "OPEN")).isZero();

    records.work(training, "DONE");
    gauges.runOnce();

    assertThat(value("purgeline.tasks", "state", "PENDING", "kind", "training"))
        .isEqualTo(pending - 1);
  }

  @Test
  void hasTheNamesThatAlertsAskFor() {
    gauges.runOnce();

    assertThat(api.get("/metrics").text())
        .contains(
            "purgeline_oldest_pending_timestamp_seconds{",
            "purgeline_tasks{",
            "purgeline_outbox_rows",
            "purgeline_outbox_oldest_timestamp_seconds",
            "purgeline_dead_letters{",
            "purgeline_gauges_last_success_timestamp_seconds");
  }

  private double value(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double count(String condition) {
    return records.count("purge_task t join deletion d on d.id = t.deletion_id where " + condition);
  }
}
