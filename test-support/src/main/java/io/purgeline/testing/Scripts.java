package io.purgeline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scripts that a test writes and runs. */
public final class Scripts {

  private static final String WRITE = "cat > \"$1\" && chmod 755 \"$1\"";

  private Scripts() {}

  /**
   * Writes one that can be executed, and the folders on the way. A child writes it: what this JVM
   * has open for writing is for a moment open as well in whatever process it starts meanwhile, and
   * then nobody can execute it ("Text file busy").
   */
  public static void write(Path file, String text) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    var child = new ProcessBuilder("sh", "-c", WRITE, "sh", file.toString()).inheritIO();
    var writing = child.redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try (var input = writing.outputWriter(UTF_8)) {
      input.write(text);
    }
    if (writing.waitFor() != 0) {
      throw new IOException("could not write " + file);
    }
  }
}
