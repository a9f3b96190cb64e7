package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.UnreadableBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One line of a bulk registration. */
record SampleLine(
    @Nullable Long sampleIdx,
    @Nullable String receiver,
    @Nullable String objectKey,
    @Nullable Long sizeBytes) {

  /** No store holds a larger object; and the sizes of all lines add up to something. */
  private static final long LARGEST = 1L << 50;

  /** Reads a line; 400 with its number if it is not one. */
  static SampleLine parse(JsonMapper json, String text, long number) {
    SampleLine line;
    try {
      line = json.readValue(text, SampleLine.class);
    } catch (JacksonException e) {
      throw invalid(number, UnreadableBody.explain(e));
    }
    if (line == null) {
      throw invalid(number, "a JSON object is expected");
    }
    line.require(number);
    return line;
  }

  private void require(long number) {
    if (sampleIdx == null || sampleIdx < 0) {
      throw invalid(number, "sample_idx must be a number from 0");
    }
    if (sizeBytes == null || sizeBytes < 0 || sizeBytes > LARGEST) {
      throw invalid(number, "size_bytes must be a number from 0 to " + LARGEST);
    }
    if (receiver != null) {
      try {
        Names.requireFit("receiver", receiver);
      } catch (ApiException e) {
        throw invalid(number, String.valueOf(e.getMessage()));
      }
    }
  }

  long bytes() {
    return sizeBytes == null ? 0 : sizeBytes;
  }

  static ApiException invalid(long number, String problem) {
    return ApiException.badRequest("Line " + number + ": " + problem);
  }
}
