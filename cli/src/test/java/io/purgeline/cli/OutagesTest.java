package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutagesTest {

  private static final String REFUSED =
      "{'worker': '%s', 'since': '2026-11-21T10:00:00.5Z', 'problem': 'refused'}";

  @Test
  void tellsOfAStoreOnceHoweverManyBucketsAndWorkersItHas() {
    var outages = REFUSED.formatted("b") + ", " + REFUSED.formatted("a");

    assertThat(told(place("s3://main/one", outages), place("s3://main/two", outages)))
        .containsExactly(
            "s3://main is out of reach of a (since 2026-11-21T10:00:00Z), b (since"
                + " 2026-11-21T10:00:00Z): refused");
  }

  @Test
  void keepsStoresAndProblemsApart() {
    var unmounted =
        "{'worker': 'b', 'since': '2026-11-21T10:00:00Z', 'problem': 'there is no such directory'}";

    assertThat(
            told(
                place("dir://a", REFUSED.formatted("a") + ", " + unmounted),
                place("dir://b", REFUSED.formatted("a")),
                place("dir://c", "")))
        .containsExactly(
            "dir://a is out of reach of a (since 2026-11-21T10:00:00Z): refused",
            "dir://a is out of reach of b (since 2026-11-21T10:00:00Z): there is no such directory",
            "dir://b is out of reach of a (since 2026-11-21T10:00:00Z): refused");
  }

  @Test
  void namesTheBucketWhereOnlyThatIsOutOfReach() {
    var outage =
        "{'worker': 'a', 'since': '2026-11-21T10:00:00Z', 'problem': 'missing', 'whole': false}";

    assertThat(told(place("s3://main/one", outage)))
        .containsExactly(
            "s3://main/one is out of reach of a (since 2026-11-21T10:00:00Z): missing");
  }

  private static List<String> told(String... places) {
    return Outages.told(Stream.of(places).map(OutagesTest::json).toList());
  }

  private static String place(String place, String outages) {
    return "{'place': '%s', 'out_of_reach': [%s]}".formatted(place, outages);
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
  }
}
