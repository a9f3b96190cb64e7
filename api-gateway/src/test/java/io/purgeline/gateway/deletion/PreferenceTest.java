package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "wait=10|10",
        "Wait = 10|10",
        "wait=\"7\"|7",
        "respond-async, wait=5; foo=bar|5",
        "foo=\"a, wait=3\", wait=4|4",
        "wait=0|0",
        "wait=60|60",
        "wait=61|60",
        "wait=99999999999999999999|60",
        "wait=007|7",
        "wait=1, wait=2|1"
      })
  void readsHowLongToWait(String header, int seconds) {
    assertThat(Preference.of(header)).contains(new Preference(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wait",
        "wait=",
        "wait=x",
        "wait=1.5",
        "wait=-1",
        "await=1",
        "x=\"wait=3\"",
        ",,,"
      })
  void findsNone(String header) {
    assertThat(Preference.of(header)).isEmpty();
  }
}
