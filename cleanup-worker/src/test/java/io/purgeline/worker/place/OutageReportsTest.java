package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.messaging.WorkQueue;
import org.junit.jupiter.api.Test;

class OutageReportsTest {

  private static final WorkQueue MAIN = WorkQueue.objects("main");
  private static final String QUEUE = "purgeline.objects.main";

  private final StoredReports stored = new StoredReports();
  private final OutageReports reports = new OutageReports(stored.jdbc(), "worker");

  @Test
  void nameEverythingThatIsInTheWayOfAQueue() {
    reports.tell(MAIN, "s3://main/b", "no b");
    reports.tell(MAIN, "s3://main/a", "no a");
    assertThat(stored.all()).containsExactly(QUEUE + " worker no a", QUEUE + " worker no b");

    reports.end(MAIN, "s3://main/a");
    assertThat(stored.all()).containsExactly(QUEUE + " worker no b");

    reports.end(MAIN, "s3://main/b");
    assertThat(stored.all()).isEmpty();
  }

  @Test
  void areBelievedAsLongAsTheyAreRepeated() {
    reports.tell(MAIN, "down");
    reports.tell(WorkQueue.directories("back"), "not mounted");
    reports.end(WorkQueue.directories("back"));
    stored.growOld();
    assertThat(stored.fresh()).isEmpty();

    reports.repeat();

    assertThat(stored.fresh()).containsExactly(QUEUE);
    assertThat(stored.all()).hasSize(1);
  }

  @Test
  void tellANewProblemAtOnce() {
    reports.tell(MAIN, "down");
    reports.tell(MAIN, "refuses the login");

    assertThat(stored.all()).containsExactly(QUEUE + " worker refuses the login");
  }

  @Test
  void leaveThoseOfOtherWorkersAlone() {
    new OutageReports(stored.jdbc(), "other").tell(MAIN, "down");
    reports.tell(MAIN, "down");

    reports.end(MAIN);

    assertThat(stored.all()).containsExactly(QUEUE + " other down");
  }
}
