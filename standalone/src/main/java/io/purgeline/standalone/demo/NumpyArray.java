package io.purgeline.standalone.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A recording as NumPy's {@code .npy} format 1.0 has it: one dimension of complex64, so that {@code
 * numpy.load} reads it.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
final class NumpyArray {

  private static final int ALIGNMENT = 64;
  private static final int PREAMBLE = 10;

  private NumpyArray() {}

  /** A tone in noise, so many samples long. */
  static byte[] recording(int samples, RandomGenerator random) {
    var header = header(samples);
    var buffer =
        ByteBuffer.allocate(PREAMBLE + header.length + samples * 8).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    buffer.put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
    var frequency = random.nextDouble(0.01, 0.5);
    for (int i = 0; i < samples; i++) {
      buffer.putFloat((float) (Math.cos(i * frequency) + random.nextGaussian(0, 0.1)));
      buffer.putFloat((float) (Math.sin(i * frequency) + random.nextGaussian(0, 0.1)));
    }
    return buffer.array();
  }

  private static byte[] header(int samples) {
    var text = "{'descr': '<c8', 'fortran_order': False, 'shape': (" + samples + ",), }";
    var length = PREAMBLE + text.length() + 1;
    var padding = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
    return (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
