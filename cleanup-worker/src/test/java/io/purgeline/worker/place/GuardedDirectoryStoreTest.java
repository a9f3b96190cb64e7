package io.purgeline.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.retry.Retry;
import io.purgeline.worker.directories.DirectoryStore;
import io.purgeline.worker.directories.TreeSize;
import io.purgeline.worker.directories.UnlinkControl;
import io.purgeline.worker.directories.linux.LinuxDirectoryStore;
import io.purgeline.worker.store.ItemFailure;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a root that fail now and then. */
class GuardedDirectoryStoreTest {

  private static final UnlinkControl TO_THE_END =
      new UnlinkControl() {
        @Override
        public boolean stop() {
          return false;
        }

        @Override
        public void removed(TreeSize since) {}

        @Override
        public void failed(List<ItemFailure> page) {}
      };

  @TempDir Path folder;

  private final AtomicInteger calls = new AtomicInteger();
  private DirectoryStore root;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("root/run-1"));
    root = LinuxDirectoryStore.open(folder.resolve("root"), 1);
  }

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void repeatsACallAfterAnErrorThatMayPass() {
    var store = guarded(2);

    assertThat(store.look("run-1")).isPresent();
    assertThat(calls).hasValue(3);
  }

  @Test
  void givesUpAfterThreeCalls() {
    var store = guarded(3);

    assertThatThrownBy(store::identity).isInstanceOf(StoreUnavailableException.class);
    assertThat(calls).hasValue(3);
  }

  @Test
  void doesNotRepeatWhereTheRootIsMissing() throws IOException {
    Files.move(folder.resolve("root"), folder.resolve("unmounted"));
    var store = guarded(0);

    assertThatThrownBy(store::identity).isInstanceOf(StoreUnavailableException.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void neverRepeatsAnUnlink() {
    var store = guarded(1);

    assertThatThrownBy(() -> store.unlink(UUID.randomUUID(), TO_THE_END))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(calls).hasValue(1);
  }

  /** The root, whose first calls so many end as those of a disk that is unwell. */
  private DirectoryStore guarded(int failures) {
    var unwell =
        (DirectoryStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DirectoryStore.class},
                (_, method, arguments) -> {
                  if (calls.incrementAndGet() <= failures) {
                    throw StoreUnavailableException.passing("EIO");
                  }
                  try {
                    return method.invoke(root, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new GuardedDirectoryStore(
        new RootAccess(unwell, Retry.of("dir:test", PlaceConfiguration.ROOT_RETRY)));
  }
}
