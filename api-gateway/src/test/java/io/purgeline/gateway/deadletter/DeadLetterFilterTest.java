package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding dead letters among many. */
class DeadLetterFilterTest extends OnLetters {

  @ParameterizedTest
  @CsvSource({
    "group=GROUP, 2",
    "group=GROUP&state=OPEN, 2",
    "group=GROUP&state=RESOLVED, 0",
    "group=GROUP&class=ITEM, 2",
    "group=GROUP&class=BUG, 0",
    "group=GROUP&kind=dataset, 2",
    "group=GROUP&kind=training, 0",
    "group=GROUP&since=2020-01-01T00:00:00Z, 2",
    "group=GROUP&since=2999-01-01T00:00:00Z, 0",
    "deletion_id=DELETION, 1",
  })
  void findsWhatItIsAskedFor(String query, int found) {
    letters.dead(group);
    var deletion = letters.deletionOf(letters.dead(group)).toString();
    letters.dead(group + "-other");

    var answer =
        api.get("/dead-letters?" + query.replace("GROUP", group).replace("DELETION", deletion));

    assertThat(answer.json().path("items").size()).isEqualTo(found);
  }

  @Test
  void tellsTheLargestGroupFirstWithSomeOfIt() {
    var before = Instant.now().minusSeconds(60);
    letters.dead(group);
    var larger = group + "-larger";
    var oldest = letters.dead(larger);
    letters.dead(larger);

    var groups = api.get("/dead-letters/groups").json().path("items");

    var names = groups.findValuesAsString("group");
    assertThat(names.indexOf(larger)).isNotNegative().isLessThan(names.indexOf(group));
    var told = groups.get(names.indexOf(larger));
    assertThat(told.path("count").asInt()).isEqualTo(2);
    assertThat(told.path("bytes").asInt()).isEqualTo(400);
    assertThat(told.path("sample_ids").valueStream().map(id -> UUID.fromString(id.asString())))
        .hasSize(2)
        .contains(oldest);
    assertThat(Instant.parse(told.path("first_seen").asString())).isAfter(before);
    assertThat(Instant.parse(told.path("last_seen").asString()))
        .isAfterOrEqualTo(Instant.parse(told.path("first_seen").asString()));
  }
}
