package io.purgeline.worker.objects;

import io.minio.AbortMultipartUploadArgs;
import io.minio.Signer;
import io.minio.errors.MinioException;
import io.purgeline.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Incomplete uploads. The client library cannot read the answer as soon as it lists one, so the
 * request is signed by the library and read here. MinIO shows uploads of a whole bucket only since
 * it started, and by prefix none at all: the bucket is asked for, and what lies elsewhere is left
 * out.
 */
final class MultipartUploads {

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final S3Client client;

  MultipartUploads(S3Client client) {
    this.client = client;
  }

  Uploads list(Bucket bucket, String prefix) {
    ObjectListing.requirePrefix(prefix); // an empty one is every upload of the bucket
    var found = new ArrayList<Upload>();
    UploadPage page = null;
    do {
      page = following(page, request(bucket.name(), page));
      page.uploads().stream().filter(u -> u.key().startsWith(prefix)).forEach(found::add);
    } while (page.truncated());
    return new Uploads(found, page.showsAll());
  }

  /** A page that says to go on where it began would be asked for for ever. */
  private static UploadPage following(@Nullable UploadPage previous, UploadPage page) {
    var stuck =
        previous == null
            ? page.nextKey().isEmpty()
            : page.nextKey().equals(previous.nextKey()) && page.nextId().equals(previous.nextId());
    if (page.truncated() && stuck) {
      throw new StoreUnavailableException("a listing of uploads does not go on", null);
    }
    return page;
  }

  void abort(Bucket bucket, Upload upload) {
    var args =
        AbortMultipartUploadArgs.builder()
            .bucket(bucket.name())
            .object(upload.key())
            .uploadId(upload.id())
            .build();
    try {
      client.call("abort upload to " + bucket.name(), minio -> minio.abortMultipartUpload(args));
    } catch (StoreUnavailableException e) {
      if (!S3Errors.codeBehind(e).equals("NoSuchUpload")) {
        throw e;
      }
    }
  }

  private UploadPage request(String bucket, @Nullable UploadPage previous) {
    var what = client.endpoint().name() + ": list uploads of " + bucket;
    try (var response = client.http().newCall(signed(url(bucket, previous))).execute()) {
      return read(what, response);
    } catch (IOException | MinioException e) {
      throw S3Errors.of(what, e);
    }
  }

  private HttpUrl url(String bucket, @Nullable UploadPage previous) {
    var url =
        client
            .url()
            .newBuilder()
            .addPathSegment(bucket)
            .addEncodedQueryParameter("uploads", "")
            .addQueryParameter("encoding-type", "url")
            .addQueryParameter("max-uploads", "1000");
    if (previous != null) {
      url.addQueryParameter("key-marker", previous.nextKey())
          .addQueryParameter("upload-id-marker", previous.nextId());
    }
    return url.build();
  }

  private Request signed(HttpUrl url) throws MinioException {
    var standardPort = url.port() == HttpUrl.defaultPort(url.scheme());
    var endpoint = client.endpoint();
    var request =
        new Request.Builder()
            .url(url)
            .header("Host", standardPort ? url.host() : url.host() + ":" + url.port())
            .header("x-amz-date", ZonedDateTime.now(ZoneOffset.UTC).format(AMZ_DATE))
            .header("x-amz-content-sha256", EMPTY_SHA256)
            .build();
    return Signer.signV4S3(
        request, endpoint.region(), endpoint.accessKey(), endpoint.secretKey(), EMPTY_SHA256);
  }

  private static UploadPage read(String what, Response response) throws IOException {
    var status = response.code();
    var body = response.body().bytes();
    if (status == 501) {
      return UploadPage.none();
    }
    if (status != 200) {
      var text = new String(body, StandardCharsets.UTF_8);
      throw S3Errors.ofAnswer(what, status, S3Errors.codeIn(text), "", null);
    }
    return UploadPage.parse(body, showsAll(response.header("Server")));
  }

  /**
   * Only AWS is known to show all uploads. MinIO shows those begun since it started, and behind a
   * proxy it may go by another name: who does not say who he is, is not believed.
   */
  static boolean showsAll(@Nullable String server) {
    return "AmazonS3".equals(server);
  }
}
