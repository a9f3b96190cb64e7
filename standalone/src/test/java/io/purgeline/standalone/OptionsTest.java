package io.purgeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.standalone.Options.Command;
import io.purgeline.standalone.Options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @TempDir Path folder;

  @Test
  void readsEveryOptionOfTheDemo() throws IOException {
    Files.writeString(folder.resolve("file"), "of the user's");
    var dataset = folder.toString();
    var options = Options.parse("demo", "--dataset", dataset, "--exit", "--data", "some/where");
    var data = Path.of("some/where").toAbsolutePath();
    assertThat(options).isEqualTo(new Options(Command.DEMO, data, true, folder.toRealPath()));
  }

  @Test
  void followsALinkToTheDataset() throws IOException {
    var real = Files.createDirectories(folder.resolve("mounted/real"));
    Files.writeString(real.resolve("file"), "of the user's");
    var link = Files.createSymbolicLink(folder.resolve("link"), real);

    assertThat(Options.parse("demo", "--dataset", link.toString()).dataset())
        .isEqualTo(real.toRealPath());
    assertThat(Options.parse("demo", "--dataset", link + "/..").dataset())
        .isEqualTo(real.toRealPath().getParent());
  }

  /** Links are not copied, so a dataset of nothing else would be an empty one. */
  @Test
  void refusesADatasetWithoutAFile() throws IOException {
    var elsewhere = Files.writeString(folder.resolve("file"), "of somebody else");
    var dataset = folder.resolve("dataset");
    var deep = Files.createDirectories(dataset.resolve("deep/er"));
    Files.createSymbolicLink(deep.resolve("link"), elsewhere);

    assertThatThrownBy(() -> Options.parse("demo", "--dataset", dataset.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessage("There are no files in " + dataset);
  }

  @Test
  void asksForNothingByItself() {
    assertThat(Options.parse("demo")).isEqualTo(new Options(Command.DEMO, null, false, null));
    assertThat(Options.parse("serve")).isEqualTo(new Options(Command.SERVE, null, false, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "destroy",
        "demo --data",
        "demo --data --exit",
        "demo --dataset --exit",
        "serve --data --exit",
        "demo --nothing-like-it",
        "demo --dataset /no/such/folder",
        "serve --exit",
        "serve --dataset /tmp"
      })
  void refusesWhatMakesNoSense(String line) {
    assertThatThrownBy(() -> Options.parse(line.split(" "))).isInstanceOf(UsageException.class);
  }
}
