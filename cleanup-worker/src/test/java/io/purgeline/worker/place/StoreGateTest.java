package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.testing.PostgresServer;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.RefusedException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When a store is looked at, and what closes it. */
class StoreGateTest {

  private final Queue<RuntimeException> problems = new ArrayDeque<>();
  private final Queue<RuntimeException> problemsOfTheLook = new ArrayDeque<>();
  private int looks;

  private final StoreGate gate =
      new StoreGate(
          WorkQueue.objects("main"),
          CircuitBreaker.ofDefaults("s3:main"),
          () -> meet(problems),
          () -> {
            looks++;
            meet(problemsOfTheLook);
          },
          new OutageReports(
              JdbcClient.create(PostgresServer.shared().newMigratedDatabase().dataSourceInSchema()),
              "worker"));

  @Test
  void isLookedAtAgainUntilThatWasDone() {
    problemsOfTheLook.add(new TransientDataAccessResourceException("no database"));
    assertThatThrownBy(gate::probe).isInstanceOf(TransientDataAccessResourceException.class);
    assertThat(gate.hasLooked()).isFalse();

    gate.probe();
    assertThat(gate.hasLooked()).isTrue();
    gate.probe();
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void isLookedAtWheneverItIsBack() {
    gate.probe();
    problems.add(new StoreUnavailableException("away", null));
    assertThat(gate.check()).isFalse();
    problems.add(new RefusedException(new ItemFailure("main", "AccessDenied", "no", 0)));
    gate.probe();
    assertThat(gate.isUp()).isFalse();

    gate.probe();

    assertThat(gate.isUp()).isTrue();
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void staysOpenWhateverComesOfTheLook() {
    problems.add(new StoreUnavailableException("away", null));
    gate.probe();
    problemsOfTheLook.add(new TransientDataAccessResourceException("no database"));

    assertThatThrownBy(gate::probe).isInstanceOf(TransientDataAccessResourceException.class);

    assertThat(gate.isUp()).isTrue();
  }

  private static void meet(Queue<RuntimeException> problems) {
    var problem = problems.poll();
    if (problem != null) {
      throw problem;
    }
  }
}
