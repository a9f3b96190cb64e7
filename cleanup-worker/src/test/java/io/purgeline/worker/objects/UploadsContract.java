package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** Multipart uploads that nobody finished. */
interface UploadsContract extends StoreUnderTest {

  /** Whether the server is known to show all uploads, so that none found means none left. */
  boolean listsAllUploads();

  @Test
  default void findsAndAbortsUploadsUnderThePrefixOnly() {
    var bucket = fixture().newBucket();
    var neighbours = Neighbours.of(fixture(), bucket);
    var neighbour = fixture().startUpload(bucket, "run-10/a");
    var first = new Upload(PREFIX + "a b+%2F", fixture().startUpload(bucket, PREFIX + "a b+%2F"));
    var second = new Upload(PREFIX + "a b+%2F", fixture().startUpload(bucket, PREFIX + "a b+%2F"));
    var third = new Upload(PREFIX + "b\nc", fixture().startUpload(bucket, PREFIX + "b\nc"));

    var uploads = uploads(bucket, PREFIX);
    assertThat(uploads.complete()).isEqualTo(listsAllUploads());
    assertThat(uploads.found()).containsExactlyInAnyOrder(first, second, third);
    uploads.found().forEach(upload -> store().abort(store().bucket(bucket), upload));

    assertThat(uploads(bucket, PREFIX).found()).isEmpty();
    assertThat(uploads(bucket, "run-10/").found()).containsOnly(new Upload("run-10/a", neighbour));
    neighbours.assertUntouched();
  }

  @Test
  default void abortingTwiceIsFine() {
    var bucket = fixture().newBucket();
    var upload = new Upload(PREFIX + "a", fixture().startUpload(bucket, PREFIX + "a"));
    store().abort(store().bucket(bucket), upload);
    assertThatCode(() -> store().abort(store().bucket(bucket), upload)).doesNotThrowAnyException();
  }

  @Test
  default void findsNoUploadsWhereThereAreNone() {
    assertThat(uploads(fixture().newBucket(), PREFIX).found()).isEmpty();
  }

  private Uploads uploads(String bucket, String prefix) {
    return store().uploads(store().bucket(bucket), prefix);
  }
}
