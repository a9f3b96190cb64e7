package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.catalogue.SampleCopy.Added;
import java.io.InputStream;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams registered objects into the database: any number in one request, memory flat, all or
 * none. Holds a shared lock on the dataset meanwhile, so that it is not deleted under the stream.
 */
@Component
class SampleRegistration {

  private final Datasets datasets;
  private final LocationRows locations;
  private final SampleCopy copy;
  private final JsonMapper json;

  SampleRegistration(Datasets datasets, LocationRows locations, SampleCopy copy, JsonMapper json) {
    this.datasets = datasets;
    this.locations = locations;
    this.copy = copy;
    this.json = json;
  }

  /** Part of a transaction of the caller's. */
  Result register(UUID id, InputStream body) {
    copy.keepFromDeletion(id);
    var dataset = datasets.one(id);
    var keys = new SampleKeys(dataset.type(), locations.of("dataset", id.toString()));
    var lines = copy.stage(sink -> read(id, new Lines(body), keys, sink));
    var added = copy.take(id);
    datasets.addSamples(id, added.count(), added.bytes());
    return result(id, lines, added);
  }

  private long read(UUID dataset, Lines lines, SampleKeys keys, SampleCopy.Sink sink) {
    long samples = 0;
    for (var text = lines.next(); text != null; text = lines.next()) {
      if (!text.isBlank()) {
        var sample = SampleLine.parse(json, text, lines.number());
        sink.add(dataset, keys.locate(sample.objectKey(), lines.number()), sample);
        samples++;
      }
    }
    return samples;
  }

  private Result result(UUID id, long lines, Added added) {
    var now = datasets.one(id);
    return new Result(
        id, added.count(), lines - added.count(), now.sampleCount(), now.sampleBytes());
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
