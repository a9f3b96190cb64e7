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

  private static final int LONGEST_RECEIVER = 255;

  /** Reads a line; 400 with its number if it is not one. */
  static SampleLine parse(JsonMapper json, String text, long number) {
    SampleLine line;
    try {
      line = json.readValue(text, SampleLine.class);
    } catch (JacksonException e) {
      throw invalid(number, UnreadableBody.explain(e));
    }
    if (line == null || line.sampleIdx == null || line.sampleIdx < 0) {
      throw invalid(number, "sample_idx must be a number from 0");
    }
    if (line.sizeBytes == null || line.sizeBytes < 0) {
      throw invalid(number, "size_bytes must be a number from 0");
    }
    if (line.receiver != null
        && (line.receiver.length() > LONGEST_RECEIVER
            || line.receiver.chars().anyMatch(Character::isISOControl))) {
      throw invalid(number, "receiver must be a name of at most 255 characters");
    }
    return line;
  }

  static ApiException invalid(long number, String problem) {
    return ApiException.badRequest("Line " + number + ": " + problem);
  }
}
