package io.purgeline.testing;

import io.minio.Signer;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The calls of MinIO's admin interface that tests need. */
final class MinioAdmin {

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private final S3Access owner;

  MinioAdmin(S3Access owner) {
    this.owner = owner;
  }

  /** Makes an account of the owner that may do only what the policy allows. */
  S3Access addServiceAccount(String policy) {
    var id = UUID.randomUUID().toString().replace("-", "");
    var account = new S3Access(owner.endpoint(), id.substring(0, 20), id);
    var json =
        """
        {"accessKey": "%s", "secretKey": "%s", "policy": %s}\
        """
            .formatted(account.accessKey(), account.secretKey(), policy);
    send("PUT", "/minio/admin/v3/add-service-account", json);
    return account;
  }

  /** Makes another policy hold for such an account, at once. */
  void setPolicy(S3Access account, String policy) {
    var path = "/minio/admin/v3/update-service-account?accessKey=" + account.accessKey();
    send("POST", path, "{\"newPolicy\": %s}".formatted(policy));
  }

  private void send(String method, String path, String json) {
    var body = MinioCipher.encrypt(owner.secretKey(), json);
    var client = new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(1)).build();
    try (var response = client.newCall(signed(method, path, body)).execute()) {
      if (!response.isSuccessful()) {
        throw new IllegalStateException(path + ": " + response.code() + response.body().string());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("MinIO did not answer " + path, e);
    } finally {
      client.connectionPool().evictAll();
    }
  }

  private Request signed(String method, String path, byte[] body) {
    var digest = sha256(body);
    var request =
        new Request.Builder()
            .url(owner.endpoint().resolve(path).toString())
            .header("Host", owner.endpoint().getAuthority())
            .header("X-Amz-Content-Sha256", digest)
            .header("X-Amz-Date", AMZ_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)))
            .method(method, RequestBody.create(body))
            .build();
    try {
      return Signer.signV4S3(
          request, S3Access.REGION, owner.accessKey(), owner.secretKey(), digest);
    } catch (MinioException e) {
      throw new IllegalStateException("could not sign " + path, e);
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
