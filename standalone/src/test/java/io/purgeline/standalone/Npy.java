package io.purgeline.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads NumPy's format by its specification, and by NumPy itself where a Python here has it. */
final class Npy {

  private static final Pattern HEADER =
      Pattern.compile("\\{'descr': '<c8', 'fortran_order': False, 'shape': \\((\\d+),\\), } *\n");

  private static final String LOAD =
      """
      import sys
      try:
          import numpy
      except ImportError:
          sys.exit(0)
      for name in sys.stdin.read().splitlines():
          array = numpy.load(name, allow_pickle=False)
          assert array.dtype == numpy.complex64 and array.ndim == 1 and array.size > 0, name
          assert numpy.isfinite(array).all(), name
      """;

  private Npy() {}

  /** Every recording below the directory, after a look whether it is one. */
  static List<Path> below(Path directory) throws IOException, InterruptedException {
    List<Path> files;
    try (var paths = Files.walk(directory)) {
      files = paths.filter(path -> path.toString().endsWith(".npy")).toList();
    }
    for (var file : files) {
      requireOneOfComplexNumbers(file);
    }
    loadWithNumpy(files);
    return files;
  }

  private static void requireOneOfComplexNumbers(Path file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    var magic = new byte[8];
    bytes.get(magic);
    assertThat(new String(magic, ISO_8859_1)).isEqualTo("\u0093NUMPY\u0001\u0000");
    var text = new byte[Short.toUnsignedInt(bytes.getShort())];
    bytes.get(text);
    assertThat(bytes.position() % 64).as("the numbers are aligned").isZero();
    var header = HEADER.matcher(new String(text, ISO_8859_1));
    assertThat(header.matches()).as(new String(text, ISO_8859_1)).isTrue();
    assertThat(bytes.remaining()).isEqualTo(8 * Integer.parseInt(header.group(1)));
  }

  private static void loadWithNumpy(List<Path> files) throws IOException, InterruptedException {
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", LOAD).redirectErrorStream(true).start();
    } catch (IOException e) {
      return; // no Python
    }
    try (var names = python.outputWriter()) {
      for (var file : files) {
        names.write(file + "\n");
      }
    }
    var output = new String(python.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(python.waitFor()).as(output).isZero();
  }
}
