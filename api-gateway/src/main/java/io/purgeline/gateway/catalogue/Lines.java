package io.purgeline.gateway.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a body in UTF-8, one at a time and never more of one than a line may have. Read as
 * bytes, so that what is wrong is told with the number of the very line.
 */
final class Lines {

  private static final int LONGEST = 64 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final InputStream body;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] line = new byte[LONGEST];
  private int position;
  private int end;
  private long number;

  Lines(InputStream body) {
    this.body = body;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** The next line without its end; null behind the last. */
  @Nullable String next() {
    if (!fill()) {
      return null;
    }
    number++;
    var length = 0;
    while (fill()) {
      var b = buffer[position++];
      if (b == '\n') {
        break;
      }
      if (length == LONGEST) {
        throw SampleLine.invalid(number, "it is longer than " + LONGEST + " bytes");
      }
      line[length++] = b;
    }
    return text(length);
  }

  /** Whether there is a byte to read, after reading on if need be. */
  private boolean fill() {
    if (position < end) {
      return true;
    }
    try {
      position = 0;
      end = body.read(buffer);
      return end > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw SampleLine.invalid(number, "it is not UTF-8");
    }
  }
}
