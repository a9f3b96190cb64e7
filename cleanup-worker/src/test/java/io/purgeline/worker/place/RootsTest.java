package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.PostgresServer;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.linux.LinuxDirectoryStore;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workers that meet a root for the first time. */
class RootsTest {

  private static final int WORKERS = 4;

  @TempDir private Path folder;
  private PlaceIdentities identities;
  private DirectoryStore mine;
  private DirectoryStore other;

  @BeforeEach
  void prepare() {
    var source = PostgresServer.shared().newMigratedDatabase().dataSourceInSchema();
    identities = new PlaceIdentities(JdbcClient.create(source));
    mine = LinuxDirectoryStore.open(folder, 1);
    other = LinuxDirectoryStore.open(folder, 1);
  }

  @AfterEach
  void close() {
    mine.close();
    other.close();
  }

  @RepeatedTest(10)
  void agreeOnOneMarkerWhenTheyComeTogether() throws Exception {
    var start = new CyclicBarrier(WORKERS);
    var results = new ArrayList<Future<String>>();
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      for (int i = 0; i < WORKERS; i++) {
        results.add(workers.submit(meets(start)));
      }
    }
    for (var result : results) {
      assertThat(result.get()).isEqualTo(mine.identity().orElseThrow());
    }
    assertThat(identities.recorded("dir://trainings")).isEqualTo(mine.identity());
  }

  private Callable<String> meets(CyclicBarrier start) {
    return () -> {
      try (var root = LinuxDirectoryStore.open(folder, 1)) {
        start.await();
        new Roots(identities).recognise("trainings", root);
        return root.identity().orElseThrow();
      }
    };
  }

  @Test
  void takeTheMarkerOfAWorkerThatWasFaster() {
    var late = new LateLook(mine, () -> other.mark("of-another-worker"));

    new Roots(identities).recognise("trainings", late);

    assertThat(identities.recorded("dir://trainings")).contains("of-another-worker");
  }

  @Test
  void takeTheMarkerThatWasRecordedBetweenTwoLooks() {
    var late = new LateLook(mine, () -> new Roots(identities).recognise("trainings", other));

    new Roots(identities).recognise("trainings", late);

    assertThat(identities.recorded("dir://trainings")).isEqualTo(mine.identity());
  }

  @Test
  void neverMarkARootAgainThatHasLostItsMarker() throws IOException {
    new Roots(identities).recognise("trainings", other);
    Files.delete(folder.resolve(DirectoryStore.MARKER));

    assertThatThrownBy(() -> new Roots(identities).recognise("trainings", mine))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("no marker file any more");
    assertThat(mine.identity()).isEmpty();
  }
}
