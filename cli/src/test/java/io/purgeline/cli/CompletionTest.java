package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompletionTest {

  @Test
  void offersEveryCommandOfTheScript() throws IOException {
    var commands =
        Files.readAllLines(Path.of("..", "purgeline")).stream()
            .dropWhile(line -> !line.startsWith("Purgeline deletes"))
            .takeWhile(line -> !line.equals("EOF"))
            .filter(line -> line.matches("  [a-z].*"))
            .map(line -> line.strip().split(" ")[0])
            .toList();

    assertThat(commands).contains("ctl", "demo").doesNotHaveDuplicates();
    assertThat(CompletionCommand.OTHERS)
        .containsExactlyInAnyOrderElementsOf(
            commands.stream().filter(name -> !name.equals("ctl")).toList());
  }
}
