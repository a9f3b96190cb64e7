package io.purgeline.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RetentionTest extends OnLetters {

  @Autowired private Retention retention;

  @Test
  void forgetsWhatEndedLongAgoAndNothingElse() {
    var open = letters.dead(group);
    var resolved = letters.dead(group);
    letters.conclude(resolved, true);
    var discarded = letters.dead(group);
    api.post("/dead-letters/" + discarded + "/discard", "{\"reason\": \"kept on purpose\"}");
    var lately = letters.dead(group);
    letters.conclude(lately, true);
    age(open, 1_000);
    age(resolved, 91);
    age(discarded, 91);
    age(lately, 89);
    var deletion = letters.deletionOf(discarded);

    retention.runOnce();

    assertThat(exists(open)).isTrue();
    assertThat(exists(lately)).isTrue();
    assertThat(exists(resolved)).isFalse();
    assertThat(exists(discarded)).isFalse();
    assertThat(api.get("/deletions/" + deletion).json().path("state").asString())
        .isEqualTo("INCOMPLETE");
  }

  private boolean exists(UUID letter) {
    return records.count("dead_letter where id = '" + letter + "'") == 1;
  }

  private void age(UUID letter, int days) {
    sql.sql(
            """
            update dead_letter
            set first_at = first_at - make_interval(days => :days), last_at = last_at - make_interval(days => :days),
                resolved_at = resolved_at - make_interval(days => :days),
                decided_at = decided_at - make_interval(days => :days)
            where id = :id
            """)
        .param("days", days)
        .param("id", letter)
        .update();
  }
}
