package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.EmbeddedS3;
import io.purgeline.testing.S3Access;
import io.purgeline.worker.objects.DeleteOutcome.Removed;
import io.purgeline.worker.store.RefusedException;
import org.junit.jupiter.api.Test;

class EmbeddedS3ObjectStoreTest extends ObjectStoreContract {

  @Override
  S3Access startServer() {
    return EmbeddedS3.inMemory().access();
  }

  @Override
  Stoppable ownServer() {
    var server = EmbeddedS3.inMemory();
    return new Stoppable(server.access(), server::stop, server);
  }

  /** It does, but it does not say who it is. */
  @Override
  public boolean listsAllUploads() {
    return false;
  }

  // What S3Proxy cannot do. Each says what it does instead, so that a better one is noticed.

  @Override
  @Test
  public void theOrderIsThatOfUtf8BytesAcrossPages() {
    assertListsInUtf16Order(fixture().newBucket());
  }

  @Override
  @Test
  public void theOrderIsThatOfUtf8BytesAcrossPagesOfVersions() {
    assertListsInUtf16Order(fixture().newBucket());
  }

  @Override
  @Test
  public void resumesAfterASavedKeyByUtf8Order() {
    assertListsInUtf16Order(fixture().newBucket());
  }

  private void assertListsInUtf16Order(String bucket) {
    var bmp = PREFIX + "\ufffd";
    var supplementary = PREFIX + "\ud83d\ude00";
    fixture().put(bucket, bmp, new byte[1]);
    fixture().put(bucket, supplementary, new byte[1]);
    assertThat(listKeys(bucket)).containsExactly(supplementary, bmp);
  }

  @Override
  @Test
  public void tellsThatAKeyShadowsThePrefix() {
    assertThat(canKeepAShadow(fixture().newBucket())).isFalse();
  }

  @Override
  @Test
  public void tellsThatADeletedKeyShadowsThePrefix() {
    assertThat(canKeepAShadow(fixture().newVersionedBucket())).isFalse();
  }

  private boolean canKeepAShadow(String bucket) {
    fixture().put(bucket, SHADOW, new byte[1]);
    try {
      fixture().put(bucket, PREFIX + "a", new byte[1]);
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  @Override
  @Test
  public void neverRemovesAKeyThatShadowsThePrefix() {
    assertThat(canKeepAShadow(fixture().newBucket())).isFalse();
  }

  @Override
  @Test
  public void removesAWholePrefixInOneStepAndNothingElse() {
    assertRemovesNoPrefixInOneStep(fixture().newBucket());
  }

  @Override
  @Test
  public void removesAllVersionsOfAPrefixInOneStep() {
    assertRemovesNoPrefixInOneStep(fixture().newVersionedBucket());
  }

  @Override
  @Test
  public void succeedsInRemovingAPrefixThatIsNotThere() {
    assertRefusesToRemoveThePrefix(fixture().newBucket());
  }

  private void assertRemovesNoPrefixInOneStep(String bucket) {
    fixture().put(bucket, PREFIX + "a", new byte[1]);
    assertRefusesToRemoveThePrefix(bucket);
    assertThat(listKeys(bucket)).containsExactly(PREFIX + "a");
  }

  /** It says nothing of drives, so it is not asked for. */
  private void assertRefusesToRemoveThePrefix(String name) {
    var bucket = store().bucket(name);
    assertThatThrownBy(() -> store().removePrefix(bucket, PREFIX, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NotEnoughDrives");
  }

  /** A page of thousands of versions of one key takes it minutes: some dozens are enough here. */
  @Override
  @Test
  public void removesMoreVersionsOfOneKeyThanAPageHolds() {
    var bucket = fixture().newVersionedBucket();
    fixture().putVersions(bucket, PREFIX + "a b", 40, 3);
    assertThat(purge(bucket)).hasSize(40).containsOnly(new Removed());
    assertThat(fixture().listVersions(bucket, PREFIX)).isEmpty();
  }

  @Override
  @Test
  public void aLockedVersionIsRetainedWithItsDateWhileTheOthersGo() {
    assertHasNoLocks();
  }

  @Override
  @Test
  public void eachLockedVersionOfOneKeyHasItsOwnDate() {
    assertHasNoLocks();
  }

  @Override
  @Test
  public void aLockedKeyThatIsSentAloneIsRetainedToo() {
    assertHasNoLocks();
  }

  @Override
  @Test
  public void aBucketSaysWhetherItsObjectsMayBeLocked() {
    assertHasNoLocks();
  }

  private void assertHasNoLocks() {
    assertThat(store().bucket(fixture().newBucket()).locked()).isFalse();
  }
}
