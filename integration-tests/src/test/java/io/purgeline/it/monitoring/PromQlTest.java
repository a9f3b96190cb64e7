package io.purgeline.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.it.monitoring.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

  @Test
  void tellsMetricsFromFunctionsKeywordsAndLabels() {
    var query =
        PromQl.parse(
            """
            # not a_metric
            sum by (kind) (rate(a_total{kind="x", state!~"by|on"}[5m] offset 1d))
              / on (kind) group_left sum(b:ratio_1h) without (job) > bool 3600
            unless on () c_seconds == 1
            """);

    assertThat(query.selectors())
        .containsExactly(
            new Selector(
                "a_total", Set.of("kind", "state"), "a_total{kind=\"x\",state!~\"by|on\"}"),
            new Selector("b:ratio_1h", Set.of(), "b:ratio_1h"),
            new Selector("c_seconds", Set.of(), "c_seconds"));
    assertThat(query.groupings()).containsExactlyInAnyOrder("kind", "job");
    assertThat(query.strings()).isEmpty();
  }

  @Test
  void knowsWhatLabelReplaceMakes() {
    var query =
        PromQl.parse("max by (store) (label_replace(a, \"store\", \"$1\", 'queue', `x(.*)`))");

    assertThat(query.selectors()).extracting(Selector::metric).containsExactly("a");
    assertThat(query.strings()).contains("store", "queue");
  }

  @Test
  void isNotMisledByQuotesInQuotes() {
    var query = PromQl.parse("a{b=\"}\\\" or c\"} or d");

    assertThat(query.selectors()).extracting(Selector::metric).containsExactly("a", "d");
  }
}
