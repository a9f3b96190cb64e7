package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.GatewayTestBase;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleRegistrationTest extends GatewayTestBase {

  private String dataset;
  private String prefix;

  @BeforeEach
  void register() {
    dataset = UUID.randomUUID().toString();
    prefix = "synthetic/" + dataset + "/";
    api.post(
        "/datasets",
        "{\"id\": \"%s\", \"name\": \"d-%s\", \"type\": \"iq_raw\"}".formatted(dataset, dataset));
  }

  private Answer send(String lines) {
    return api.postLines("/datasets/" + dataset + "/samples", lines);
  }

  private static String line(int index, String key) {
    return "{\"sample_idx\": %d, \"receiver\": \"RX_004\", \"object_key\": \"%s\", \"size_bytes\": 8192}"
        .formatted(index, key);
  }

  private long registered() {
    return sql.sql("select count(*) from purgeline.sample where dataset_id = cast(:id as uuid)")
        .param("id", dataset)
        .query(Long.class)
        .single();
  }

  @Test
  void streamsManyLines() {
    var lines =
        IntStream.range(0, 50_000)
            .mapToObj(i -> line(i, prefix + "sample-" + i + "/rx_0.npy"))
            .collect(Collectors.joining("\n"));

    var answer = send(lines);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("registered").longValue()).isEqualTo(50_000);
    assertThat(answer.json().path("sample_bytes").longValue()).isEqualTo(50_000L * 8192);
    assertThat(registered()).isEqualTo(50_000);
  }

  @Test
  void takesBareKeysAndUrlsAsTheSameKey() {
    send(line(0, prefix + "a.npy"));

    var answer = send(line(0, "s3://heimdall-synthetic-iq/" + prefix + "a.npy"));

    assertThat(answer.json().path("registered").longValue()).isZero();
    assertThat(answer.json().path("already_registered").longValue()).isEqualTo(1);
    assertThat(registered()).isEqualTo(1);
  }

  @Test
  void registersNothingIfOneLineIsBad() {
    for (var bad :
        new String[] {
          line(1, "elsewhere/a.npy"),
          line(1, "s3://other-bucket/" + prefix + "a.npy"),
          line(1, prefix + "../a.npy"),
          line(1, prefix + "./a.npy"),
          line(1, prefix + "x//a.npy"),
          line(-1, prefix + "a.npy"),
          "{\"sample_idx\": 1",
          "{\"sample_idx\": 1, \"object_key\": \"" + prefix + "a\", \"size_bytes\": -1}",
          "{\"sample_idx\": 1, \"object_key\": \"" + prefix + "a\"}",
          "{\"sample_idx\": 1, \"size_bytes\": 1}",
          "{\"sample_idx\": 1, \"object_key\": \"" + prefix + "a\", \"size_bytes\": 1, \"x\": 1}"
        }) {
      var answer = send(line(0, prefix + "good.npy") + "\n" + bad);

      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.detail()).startsWith("Line 2: ");
      assertThat(registered()).as(bad).isZero();
    }
  }

  @Test
  void keepsKeysWithCharactersThatCopyTreatsSpecially() {
    var key = prefix + "a\\\\t\\tb\\\\\\\\N\\nc";

    assertThat(send(line(0, key)).status()).isEqualTo(201);

    var stored =
        sql.sql("select object_key from purgeline.sample where dataset_id = cast(:id as uuid)")
            .param("id", dataset)
            .query(String.class)
            .single();
    assertThat(stored).isEqualTo(prefix + "a\\t\tb\\\\N\nc");
  }

  @Test
  void answers415ForAnotherContentType() {
    var answer = api.post("/datasets/" + dataset + "/samples", "{}");

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }
}
