package io.purgeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir private Path home;

  @Test
  void takesTheOptionThenTheVariableThenTheFile() throws IOException {
    file(".config", "url = 'http://file'\nuser = 'file'\npassword = 'file'");
    var settings = settings(Map.of("PURGELINE_URL", "http://env", "PURGELINE_USER", "env"));

    assertThat(settings.value("url", "http://option")).isEqualTo("http://option");
    assertThat(settings.value("user", null)).isEqualTo("env");
    assertThat(settings.value("password", null)).isEqualTo("file");
  }

  @Test
  void takesWhatIsEmptyForNotGiven() throws IOException {
    file(".config", "user = 'file'");
    var settings = settings(Map.of("PURGELINE_USER", "", "XDG_CONFIG_HOME", ""));

    assertThat(settings.value("user", "")).isEqualTo("file");
  }

  @Test
  void findsNothingWhereNobodySaysAnything() {
    assertThat(settings(Map.of()).value("user", null)).isNull();
  }

  @Test
  void looksWhereTheDesktopKeepsItsSettings() throws IOException {
    file("elsewhere", "user = 'xdg'");
    file(".config", "user = 'home'");
    var elsewhere = home.resolve("elsewhere").toString();

    assertThat(settings(Map.of("XDG_CONFIG_HOME", elsewhere)).value("user", null)).isEqualTo("xdg");
  }

  @Test
  void needsNoFileIfOptionsAndVariablesSayAll() throws IOException {
    file(".config", "this is no TOML");

    assertThat(settings(Map.of("PURGELINE_USER", "env")).value("user", null)).isEqualTo("env");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no TOML at all", "usr = 'a'", "user = 7", "[server]\nurl = 'x'"})
  void refusesAFileThatItDoesNotUnderstand(String contents) throws IOException {
    file(".config", contents);
    var settings = settings(Map.of());

    assertThatThrownBy(() -> settings.value("user", null))
        .isInstanceOfSatisfying(
            FailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("config.toml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host:8080", "ftp://host", "http://", "http://a b", "http://u:p@host"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Login.uri(text)).isInstanceOf(FailedException.class);
  }

  @Test
  void takesAnAddressWithOrWithoutASlashAtItsEnd() {
    assertThat(Login.uri("https://host/purge/")).hasToString("https://host/purge");
    assertThat(Login.uri("http://127.0.0.1:8080")).hasToString("http://127.0.0.1:8080");
  }

  private void file(String folder, String contents) throws IOException {
    var file = home.resolve(folder).resolve("purgeline").resolve("config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, contents);
  }

  private Settings settings(Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("HOME", home.toString());
    return new Settings(environment);
  }
}
