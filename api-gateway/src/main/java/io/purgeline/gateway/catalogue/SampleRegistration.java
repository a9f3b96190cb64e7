package io.purgeline.gateway.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams registered objects into the database: any number in one request, memory flat, all or
 * none. Holds a shared lock on the dataset meanwhile, so that it is not deleted under the stream.
 */
@Component
class SampleRegistration {

  private static final int LONGEST_LINE = 64 * 1024;

  private final JdbcClient jdbc;
  private final Datasets datasets;
  private final LocationRows locations;
  private final SampleCopy copy;
  private final JsonMapper json;

  SampleRegistration(
      JdbcClient jdbc,
      Datasets datasets,
      LocationRows locations,
      SampleCopy copy,
      JsonMapper json) {
    this.jdbc = jdbc;
    this.datasets = datasets;
    this.locations = locations;
    this.copy = copy;
    this.json = json;
  }

  /** Part of a transaction of the caller's. */
  Result register(UUID dataset, InputStream body) {
    jdbc.sql(
            "select pg_advisory_xact_lock_shared(hashtextextended('purgeline.samples:' || :id, 0))")
        .param("id", dataset.toString())
        .query()
        .singleRow();
    datasets.one(dataset);
    var keys = new SampleKeys(locations.of("dataset", dataset.toString()));
    var total = copy.stage(sink -> read(dataset, body, keys, sink));
    var added = copy.take();
    datasets.addSamples(dataset, added.count(), added.bytes());
    var now = datasets.one(dataset);
    return new Result(
        dataset, added.count(), total - added.count(), now.sampleCount(), now.sampleBytes());
  }

  private long read(UUID dataset, InputStream body, SampleKeys keys, SampleCopy.Sink sink) {
    long number = 0;
    long registered = 0;
    try (var reader =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()))) {
      for (var text = line(reader, 1); text != null; text = line(reader, number + 1)) {
        number++;
        if (!text.isBlank()) {
          var sample = SampleLine.parse(json, text, number);
          sink.add(dataset, keys.locate(sample.objectKey(), number), sample);
          registered++;
        }
      }
      return registered;
    } catch (CharacterCodingException e) {
      throw SampleLine.invalid(number + 1, "it is not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line, without ever holding more of one than a line may have. */
  private static @Nullable String line(BufferedReader reader, long number) throws IOException {
    var text = new StringBuilder();
    for (int c = reader.read(); c != '\n'; c = reader.read()) {
      if (c < 0) {
        return text.isEmpty() ? null : text.toString();
      }
      if (text.length() >= LONGEST_LINE) {
        throw SampleLine.invalid(number, "it is longer than " + LONGEST_LINE + " characters");
      }
      text.append((char) c);
    }
    return text.toString();
  }

  /**
   * What came of a registration.
   *
   * @param registered new samples
   * @param alreadyRegistered samples that were there, or twice in the request
   */
  record Result(
      UUID datasetId,
      long registered,
      long alreadyRegistered,
      long sampleCount,
      long sampleBytes) {}
}
