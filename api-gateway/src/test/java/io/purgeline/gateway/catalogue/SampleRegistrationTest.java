package io.purgeline.gateway.catalogue;

import static io.purgeline.gateway.catalogue.CatalogueTest.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.AtOnce;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleRegistrationTest extends GatewayTestBase {

  private static final String BUCKET = "heimdall-synthetic-iq";
  private static final int MANY = 100_000;

  /** Bytes sent of a million lines, which are about 140 MB. */
  private static final long[] MARKS = {10_000_000, 60_000_000, 120_000_000};

  @Test
  void registersObjectsAndCountsThem() {
    var dataset = dataset("iq_raw");
    var other = "synthetic/dataset-" + dataset + "/";

    var answer =
        register(
            dataset,
            line(0, key(dataset, "a"), 10)
                + line(1, "s3://" + BUCKET + "/" + key(dataset, "b"), 20)
                + "\r\n"
                + line(2, other + "c", 30).stripTrailing());

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().toString())
        .isEqualTo(
            json(
                "{'dataset_id':'%s','registered':3,'already_registered':0,'sample_count':3,'sample_bytes':60}",
                dataset));
    assertThat(keys(dataset))
        .containsExactlyInAnyOrder(key(dataset, "a"), key(dataset, "b"), other + "c");
    var shown = api.get("/datasets/" + dataset).json();
    assertThat(shown.path("sample_count").asLong()).isEqualTo(3);
    assertThat(shown.path("sample_bytes").asLong()).isEqualTo(60);
  }

  @Test
  void countsAnObjectOnceHoweverOftenItIsRegistered() {
    var dataset = dataset("iq_raw");
    register(dataset, line(0, key(dataset, "a"), 10));

    var answer =
        register(
            dataset,
            line(0, key(dataset, "a"), 10)
                + line(0, "s3://" + BUCKET + "/" + key(dataset, "a"), 10)
                + line(1, key(dataset, "b"), 5)
                + line(1, key(dataset, "b"), 5));

    assertThat(answer.json().path("registered").asLong()).isEqualTo(1);
    assertThat(answer.json().path("already_registered").asLong()).isEqualTo(3);
    assertThat(answer.json().path("sample_count").asLong()).isEqualTo(2);
    assertThat(answer.json().path("sample_bytes").asLong()).isEqualTo(15);
  }

  @Test
  void keepsKeysOfAnyLegalName() {
    var dataset = dataset("iq_raw");
    var names =
        List.of(
            "a b",
            "a+b",
            "a%2Fb",
            "tab\there",
            "line\nend",
            "return\rhere",
            "\\N",
            "😀",
            "ä\uFFFE");

    var body =
        names.stream().map(name -> line(0, key(dataset, name), 1)).collect(Collectors.joining());

    assertThat(register(dataset, body).status()).isEqualTo(201);
    assertThat(keys(dataset))
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> key(dataset, name)).toList());
  }

  @Test
  void registersRowsOfDatasetsWithoutStorage() {
    var dataset = dataset("feature_based");

    var answer =
        register(
            dataset,
            json(
                "{'sample_idx':0,'size_bytes':8}\n{'sample_idx':0,'receiver':'RX','object_key':null,'size_bytes':8}\n{'sample_idx':0,'size_bytes':8}"));

    assertThat(answer.json().path("registered").asLong()).isEqualTo(2);
    assertThat(answer.json().path("already_registered").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource
  void refusesALineByItsNumberAndKeepsNothing(String type, String bad) {
    var dataset = dataset(type);
    var good =
        switch (type) {
          case "iq_raw" -> line(0, key(dataset, "good"), 1);
          case "feature_based" -> json("{'sample_idx':0,'size_bytes':1}\n");
          default -> "\n"; // nothing can be registered there
        };

    var answer =
        register(dataset, good + "\n" + bad.replace('\'', '"').replace("ID", "" + dataset) + "\n");

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.detail()).startsWith("Line 3: ");
    assertThat(keys(dataset)).isEmpty();
    assertThat(api.get("/datasets/" + dataset).json().path("sample_count").asLong()).isZero();
  }

  static Stream<Arguments> refusesALineByItsNumberAndKeepsNothing() {
    return Stream.of(
        arguments("iq_raw", "{'sample_idx':0,'object_key':'synthetic/ID/a','size_bytes':1"),
        arguments("iq_raw", "null"),
        arguments("iq_raw", "[]"),
        arguments("iq_raw", "{'sample_idx':0,'object_key':'synthetic/ID/a'}"),
        arguments("iq_raw", "{'object_key':'synthetic/ID/a','size_bytes':1}"),
        arguments("iq_raw", "{'sample_idx':0,'size_bytes':1}"),
        arguments("iq_raw", sample("synthetic/ID/a", "-1")),
        arguments("iq_raw", sample("synthetic/ID/a", "1.5")),
        arguments("iq_raw", sample("synthetic/ID/a", "'1'")),
        arguments("iq_raw", sample("synthetic/ID/a", "9223372036854775807")),
        arguments("iq_raw", sample("synthetic/ID/a", "1,'more':1")),
        arguments("iq_raw", sample("synthetic/ID/a", "1,'receiver':'a\\u0000'")),
        arguments("iq_raw", sample("synthetic/ID/a", "1,'receiver':'" + "x".repeat(256) + "'")),
        arguments("iq_raw", sample("", "1")),
        arguments("iq_raw", sample("other/a", "1")),
        arguments("iq_raw", sample("synthetic/ID", "1")),
        arguments("iq_raw", sample("synthetic/ID/", "1")),
        arguments("iq_raw", sample("synthetic/ID-2/a", "1")),
        arguments("iq_raw", sample("/synthetic/ID/a", "1")),
        arguments("iq_raw", sample("synthetic/ID/../x/a", "1")),
        arguments("iq_raw", sample("synthetic/ID/./a", "1")),
        arguments("iq_raw", sample("synthetic/ID//a", "1")),
        arguments("iq_raw", sample("synthetic/ID/a\\u0000", "1")),
        arguments("iq_raw", sample("synthetic/ID/\\ud800", "1")),
        arguments("iq_raw", sample("synthetic/ID/" + "x".repeat(1_024), "1")),
        arguments("iq_raw", sample("s3://" + BUCKET, "1")),
        arguments("iq_raw", sample("s3://other/synthetic/ID/a", "1")),
        arguments("iq_raw", sample("s3://main/" + BUCKET + "/synthetic/ID/a", "1")),
        arguments("iq_raw", " ".repeat(70_000) + "{}"),
        arguments("feature_based", sample("synthetic/ID/a", "1")),
        arguments("files", sample("ID/a", "1")),
        arguments("files", "{'sample_idx':0,'size_bytes':1}"));
  }

  @Test
  void namesTheLineThatIsNotText() {
    var dataset = dataset("iq_raw");
    var body = new byte[] {'{', '}', '\n', (byte) 0xc3, '(', '\n'};
    body[0] = body[1] = ' ';

    var answer = send(dataset, new ByteArrayInputStream(body));

    assertThat(answer.detail()).isEqualTo("Line 2: it is not UTF-8");
  }

  @Test
  void takesNothingButLinesOfJson() {
    var dataset = dataset("iq_raw");
    var path = "/datasets/" + dataset + "/samples";

    var answer = api.post(path, line(0, key(dataset, "a"), 1));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void knowsNoDatasetThatIsGone() {
    assertThat(register(UUID.randomUUID(), line(0, "a", 1)).status()).isEqualTo(404);
  }

  /** The gateway of the tests has 1 GiB; this is bigger than its limit for other bodies. */
  @Test
  void takesAnyNumberInOneRequest() {
    var dataset = dataset("iq_raw");

    var answer = send(dataset, stream(dataset, MANY, 7));

    assertThat(answer.json().path("registered").asLong()).isEqualTo(MANY);
    assertThat(answer.json().path("sample_bytes").asLong()).isEqualTo(MANY * 7L);
    assertThat(records.count("sample where dataset_id = '" + dataset + "'")).isEqualTo(MANY);
  }

  /** What is live after a collection does not grow with the lines that were sent. */
  @Test
  @Tag("all")
  void needsNoMoreMemoryForAMillionThanForATenthOfThem() {
    var dataset = dataset("iq_raw");
    var lines = 1_000_000;
    var live = new ArrayList<Long>();
    var watched =
        new FilterInputStream(stream(dataset, lines, 7)) {
          private long sent;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = super.read(bytes, offset, length);
            sent += Math.max(read, 0);
            if (live.size() < MARKS.length && sent > MARKS[live.size()]) {
              live.add(liveBytes());
            }
            return read;
          }
        };

    var answer = send(dataset, watched);

    assertThat(answer.json().path("registered").asLong()).isEqualTo(lines);
    assertThat(live).hasSize(MARKS.length);
    assertThat(live.getLast() - live.getFirst()).as("%s", live).isLessThan(16 << 20);
  }

  private static long liveBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The client is still sending when the answer is known, and yet it gets it. */
  @Test
  void tellsTheLineToAClientThatIsStillSending() {
    var dataset = dataset("iq_raw");
    var bad = new ByteArrayInputStream("{}\n".getBytes(UTF_8));

    var answer = send(dataset, new SequenceInputStream(bad, stream(dataset, MANY, 1)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).startsWith("Line 1: ");
    assertThat(keys(dataset)).isEmpty();
  }

  @Test
  void makesADeletionWaitAndThenComeBackLater() throws Exception {
    var dataset = dataset("iq_raw");
    var upload = (HttpURLConnection) URI.create(url(dataset)).toURL().openConnection();
    upload.setRequestMethod("POST");
    upload.setDoOutput(true);
    upload.setChunkedStreamingMode(64);
    upload.setRequestProperty("Content-Type", "application/x-ndjson");
    upload.setRequestProperty(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString("alice:secret".getBytes(UTF_8)));
    var body = upload.getOutputStream();
    body.write(line(0, key(dataset, "a"), 1).getBytes(UTF_8));
    body.flush();
    await()
        .until(() ->
            records.count(
                    "pg_stat_activity where query like 'copy incoming_sample%' and state = 'active'")
                > 0);

    var deletion = api.deleteLater("/datasets/" + dataset).orTimeout(20, SECONDS).join();
    body.close();

    assertThat(deletion.status()).isEqualTo(409);
    assertThat(deletion.header("Retry-After")).isEqualTo("2");
    assertThat(upload.getResponseCode()).isEqualTo(201);
    assertThat(api.delete("/datasets/" + dataset).status()).isEqualTo(204);
  }

  @Test
  void countsRightWhenTheSameKeysComeInAnotherOrderAtOnce() throws Exception {
    var dataset = dataset("iq_raw");
    var forth =
        IntStream.range(0, 2_000)
            .mapToObj(n -> line(n, key(dataset, "k" + n), 1))
            .collect(Collectors.toList());
    var back = new ArrayList<>(forth);
    Collections.reverse(back);

    var answers = AtOnce.all(4, n -> register(dataset, String.join("", n % 2 == 0 ? forth : back)));

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(answers.stream().mapToLong(a -> a.json().path("registered").asLong()).sum())
        .isEqualTo(2_000);
    assertThat(api.get("/datasets/" + dataset).json().path("sample_count").asLong())
        .isEqualTo(2_000);
  }

  private String url(UUID dataset) {
    return "http://127.0.0.1:" + port + "/api/v1/datasets/" + dataset + "/samples";
  }

  private UUID dataset(String type) {
    var body = json("{'name':'%s','type':'%s'}", Records.name("sampled"), type);
    return UUID.fromString(api.post("/datasets", body).json().path("id").asString());
  }

  private Answer register(UUID dataset, String body) {
    return send(dataset, new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private Answer send(UUID dataset, InputStream body) {
    return api.send(
        "POST",
        "/datasets/" + dataset + "/samples",
        BodyPublishers.ofInputStream(() -> body),
        "Content-Type",
        "application/x-ndjson");
  }

  private List<@Nullable String> keys(UUID dataset) {
    return sql.sql("select object_key from sample where dataset_id = :id")
        .param("id", dataset)
        .query(String.class)
        .list();
  }

  private static InputStream stream(UUID dataset, int lines, int bytes) {
    var parts =
        IntStream.range(0, lines)
            .mapToObj(n ->
                new ByteArrayInputStream(
                    line(n, key(dataset, "part-" + n + ".npy"), bytes).getBytes(UTF_8)));
    var iterator = parts.iterator();
    return new SequenceInputStream(
        new Enumeration<InputStream>() {
          @Override
          public boolean hasMoreElements() {
            return iterator.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return iterator.next();
          }
        });
  }

  private static String key(UUID dataset, String name) {
    return "synthetic/" + dataset + "/" + name;
  }

  private static String line(long index, String key, long bytes) {
    var escaped =
        key.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    return "{\"sample_idx\":%d,\"receiver\":\"RX_004\",\"object_key\":\"%s\",\"size_bytes\":%d}%n"
        .formatted(index, escaped, bytes);
  }

  private static String sample(String key, String size) {
    return "{'sample_idx':0,'object_key':'" + key + "','size_bytes':" + size + "}";
  }
}
