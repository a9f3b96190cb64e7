package io.purgeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.standalone.Options.Command;
import io.purgeline.standalone.Options.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @TempDir Path folder;

  @Test
  void readsEveryOptionOfTheDemo() {
    var dataset = folder.toString();
    var options = Options.parse("demo", "--dataset", dataset, "--exit", "--data", "some/where");
    var data = Path.of("some/where").toAbsolutePath();
    assertThat(options).isEqualTo(new Options(Command.DEMO, data, true, folder));
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
        "demo --nothing-like-it",
        "demo --dataset /no/such/folder",
        "serve --exit",
        "serve --dataset /tmp"
      })
  void refusesWhatMakesNoSense(String line) {
    assertThatThrownBy(() -> Options.parse(line.split(" "))).isInstanceOf(UsageException.class);
  }
}
