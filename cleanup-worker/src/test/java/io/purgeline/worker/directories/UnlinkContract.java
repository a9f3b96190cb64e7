package io.purgeline.worker.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface UnlinkContract extends OnDisk {

  @Test
  default void unlinksTheTreeAndReportsWhatItHeld() {
    disk().makeSmallTarget();
    var task = disk().moveAside(store());
    var control = Control.toTheEnd();
    var unlinked = store().unlink(task, control);
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(3, 600)).isEqualTo(control.removed());
    assertThat(unlinked.gone()).isTrue();
    assertThat(unlinked.failures()).isZero();
    assertThat(disk().trash()).isEmptyDirectory();
    assertThat(store().isAside(task)).isFalse();
  }

  @Test
  default void findsNothingToUnlinkTheSecondTime() {
    disk().makeSmallTarget();
    var task = disk().moveAside(store());
    store().unlink(task, Control.toTheEnd());
    var again = store().unlink(task, Control.toTheEnd());
    assertThat(again.gone()).isTrue();
    assertThat(again.removed()).isEqualTo(TreeSize.EMPTY);
    assertThat(store().unlink(UUID.randomUUID(), Control.toTheEnd()).gone()).isTrue();
  }

  @Test
  default void unlinksNamesOfAnyBytes() {
    disk().directory(disk().target());
    Shell.run(
        disk().target(),
        """
        touch -- $'\\xff\\xfe' $'new\\nline' $'tab\\t' ' ' 'ä' '-rf' '*' '...'
        touch "$(printf 'x%.0s' {1..255})"
        mkdir $'d\\xff'
        touch $'d\\xff/\\x80'
        """);
    var task = disk().moveAside(store());
    var before = count(task);
    assertThat(before.entries()).isEqualTo(10);
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(before);
    assertThat(store().isAside(task)).isFalse();
  }

  @Test
  default void unlinksPipesSocketsAndDevicesWithoutOpeningThem() {
    disk().directory(disk().target());
    Shell.run(
        disk().target(),
        "mkfifo fifo; mknod null c 1 3 || touch null; perl -MSocket -e"
            + " 'socket(S,AF_UNIX,SOCK_STREAM,0); bind(S,pack_sockaddr_un(\"socket\")) or die'");
    var task = disk().moveAside(store());
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(new TreeSize(3, 0));
    assertThat(store().isAside(task)).isFalse();
  }

  @Test
  default void unlinksVeryManyFilesOfOneDirectory() {
    int files = veryMany();
    disk().directory(disk().target());
    Shell.run(disk().target(), "seq -f 'f%.0f' " + files + " | xargs touch; echo 12345 > f7");
    var task = disk().moveAside(store());
    assertThat(count(task)).isEqualTo(new TreeSize(files, 6));
    var control = Control.toTheEnd();
    var unlinked = store().unlink(task, control);
    assertThat(unlinked.gone()).isTrue();
    assertThat(control.removed()).isEqualTo(new TreeSize(files, 6)).isEqualTo(unlinked.removed());
    assertThat(control.largestReport()).isLessThanOrEqualTo(1000);
    assertThat(control.asked()).isGreaterThanOrEqualTo(files);
  }

  @Test
  default void unlinksFiveThousandLevelsWithFewHandles() {
    DeepTree.make(disk(), 5000, 10);
    var task = disk().moveAside(store());
    int before = openFiles();
    var most = new AtomicInteger();
    var control =
        Control.doing(count -> {
          if (count % 50 == 0) {
            most.accumulateAndGet(openFiles(), Math::max);
          }
        });
    var unlinked = store().unlink(task, control);
    assertThat(unlinked.gone()).isTrue();
    assertThat(unlinked.removed()).isEqualTo(new TreeSize(5000, 50_000));
    assertThat(most.get() - before).isBetween(1, 100);
    assertThat(openFiles()).isLessThanOrEqualTo(before + 3);
  }

  @Test
  default void stopsPromptlyAndWhatIsLeftAddsUp() {
    IntStream.range(0, 40)
        .forEach(d ->
            IntStream.range(0, 50)
                .forEach(f -> disk().file(disk().target().resolve(d + "/" + f), d + f)));
    var task = disk().moveAside(store());
    var before = count(task);
    int handles = openFiles();
    var control = Control.stoppingAt(500);
    var unlinked = store().unlink(task, control);
    assertThat(unlinked.gone()).isFalse();
    assertThat(unlinked.failures()).isZero();
    assertThat(unlinked.removed()).isEqualTo(control.removed());
    assertThat(control.asked()).isLessThan(520); // each thread may ask once more
    var rest = count(task);
    assertThat(rest.entries()).isPositive();
    assertThat(sum(rest, control.removed())).isEqualTo(before);
    assertThat(store().unlink(task, Control.toTheEnd()).removed()).isEqualTo(rest);
    assertThat(openFiles()).isLessThanOrEqualTo(handles + 3);
  }

  @Test
  default void endsWithWhatTheControlThrows() {
    disk().makeSmallTarget();
    var task = disk().moveAside(store());
    var control =
        Control.doing(count -> {
          throw new IllegalStateException("the lease is lost");
        });
    assertThatThrownBy(() -> store().unlink(task, control)).hasMessage("the lease is lost");
    assertThat(count(task)).isEqualTo(new TreeSize(3, 600));
  }

  private static TreeSize sum(TreeSize a, TreeSize b) {
    return new TreeSize(a.entries() + b.entries(), a.bytes() + b.bytes());
  }

  private static int openFiles() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }
}
