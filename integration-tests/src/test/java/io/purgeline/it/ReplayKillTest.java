package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.purgeline.testing.PurgelineProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Gateways and workers are killed in the middle of a replay: each dead letter is put back exactly
 * once, and the sums are right. A few kills as a rule, twenty with {@code ./purgeline test --all}.
 */
class ReplayKillTest extends OnDeadLetters {

  private static final int KILLS = Boolean.getBoolean("purgeline.test.all") ? 20 : 4;
  private static final int LETTERS_PER_KILL = 60;

  /** Slow enough that it still runs when the last of them is killed. */
  private static final int RATE = 3;

  @Test
  void putsEachBackOnceAlthoughGatewaysAndWorkersAreKilled() throws Exception {
    var letters = KILLS * LETTERS_PER_KILL;
    var dead = deadDatasets(letters);
    installation().denyNothing();

    var id = replay(Map.of("group", dead.group()), Map.of("ramp", false, "rate_per_second", RATE));
    for (int kill = 0; kill < KILLS; kill++) {
      awaitReplayed(id, kill * LETTERS_PER_KILL + LETTERS_PER_KILL / 4);
      var victim = victim(kill).awaitHealthy();
      assertThat(stateOf(id)).isEqualTo("RUNNING");
      victim.kill();
      victim.launch(); // the other one goes on while it starts
    }
    installation().processes().forEach(PurgelineProcess::awaitHealthy);

    var done = awaitReplay(id, "DONE");
    assertThat(counts(done)).containsExactly(letters, letters, letters, 0, 0);
    assertThat(ofJob("l.state", dead.job())).hasSize(letters).containsOnly("RESOLVED");
    assertThat(ofJob("l.replays", dead.job())).as("put back once").containsOnly("1");
    assertThat(ofJob("d.state", dead.job())).containsOnly("PURGED");
    assertThat(ofJob("t.objects_purged", dead.job())).containsOnly("1");
    assertThat(installation().s3.contents(installation().bucket, dead.folder())).isEmpty();
  }

  /** A gateway and a worker in turn, each of them in turn. */
  private PurgelineProcess victim(int kill) {
    var some = kill % 2 == 0 ? installation().gateways : installation().workers;
    return some.get(kill / 2 % some.size());
  }

  private void awaitReplayed(String id, int count) {
    await().atMost(Duration.ofMinutes(3)).until(() -> replayed(id) >= count);
  }

  private String stateOf(String id) {
    return installation()
        .sql
        .sql("select state from purgeline.replay where id = cast(:id as uuid)")
        .param("id", id)
        .query(String.class)
        .single();
  }

  /** Read from the database: the gateway may be the one that was killed. */
  private int replayed(String id) {
    return installation()
        .sql
        .sql(
            """
            select count(*) from purgeline.replay_item
            where replay_id = cast(:id as uuid) and step is not null
            """)
        .param("id", id)
        .query(Integer.class)
        .single();
  }
}
