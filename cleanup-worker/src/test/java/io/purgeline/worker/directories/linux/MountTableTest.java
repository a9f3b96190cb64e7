package io.purgeline.worker.directories.linux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MountTableTest {

  private static final String MOUNTINFO =
      """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      30 22 0:26 / /data rw shared:2 master:1 - tmpfs tmpfs rw
      31 30 0:27 / /data/with\\040space\\011tab\\134back\\012line rw - tmpfs tmpfs rw
      32 30 8:1 /src//deleted /data/run-10 rw - ext4 /dev/sda1 rw
      33 99 0:28 / /data/hidden rw - tmpfs tmpfs rw
      """;

  private final MountTable table = MountTable.parse(MOUNTINFO.getBytes(ISO_8859_1));

  @Test
  void readsIdsAndPoints() {
    assertThat(table.mounts()).hasSize(5);
    assertThat(table.mounts().get(3).id()).isEqualTo(32);
    assertThat(table.mounts().get(3).parent()).isEqualTo(30);
    assertThat(table.mounts().get(3).point()).isEqualTo(bytes("/data/run-10"));
  }

  @Test
  void readsEscapedNames() {
    assertThat(table.mounts().get(2).point()).isEqualTo(bytes("/data/with space\ttab\\back\nline"));
  }

  @Test
  void findsAMountAtOrBelowAPathByWholeNames() {
    assertThat(table.inside(30, bytes("/data/run-10"))).isPresent();
    assertThat(table.inside(30, bytes("/data"))).isPresent();
    assertThat(table.inside(22, bytes("/"))).isPresent();
    assertThat(table.inside(30, bytes("/data/run-1"))).isEmpty();
    assertThat(table.inside(30, bytes("/data/run-10/below"))).isEmpty();
  }

  @Test
  void passesOverMountsThatLieHiddenUnderAnother() {
    assertThat(table.inside(30, bytes("/data/hidden"))).isEmpty();
    assertThat(table.inside(Stat.NO_MOUNT_ID, bytes("/data/hidden"))).isPresent();
  }

  @Test
  void readsTheMountsOfThisMachine() {
    assertThat(MountTable.read().mounts())
        .anyMatch(m -> new String(m.point(), UTF_8).equals("/proc"));
  }

  private static byte[] bytes(String path) {
    return path.getBytes(UTF_8);
  }
}
