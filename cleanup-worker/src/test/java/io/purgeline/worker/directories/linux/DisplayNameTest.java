package io.purgeline.worker.directories.linux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DisplayNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"weights.bin", "mit Leerzeichen", "ä ö 漢字 🙂", "100%", "\ufffd"})
  void showsPrintableTextAsItIs(String name) {
    assertThat(DisplayName.of(name.getBytes(UTF_8))).isEqualTo(name);
  }

  @Test
  void showsWhatBreaksOrHidesALineAsBytes() {
    assertThat(shown("a\nb\tc\u001b[0m")).isEqualTo("a\\x0ab\\x09c\\x1b[0m");
    assertThat(shown("\u202egnp.exe")).isEqualTo("\\xe2\\x80\\xaegnp.exe");
    assertThat(shown("\u2028")).isEqualTo("\\xe2\\x80\\xa8");
  }

  @Test
  void showsInvalidUtf8AsBytes() {
    assertThat(DisplayName.of("\u00ff\u00fe!".getBytes(ISO_8859_1))).isEqualTo("\\xff\\xfe!");
    assertThat(DisplayName.of(new byte[] {'a', (byte) 0xc3})).isEqualTo("a\\xc3");
    assertThat(DisplayName.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
        .isEqualTo("\\xed\\xa0\\x80");
    assertThat(DisplayName.of(new byte[] {(byte) 0xc0, (byte) 0xaf})).isEqualTo("\\xc0\\xaf");
  }

  @Test
  void isNeverAmbiguous() {
    assertThat(shown("\\xff")).isEqualTo("\\x5cxff");
  }

  private static String shown(String name) {
    return DisplayName.of(name.getBytes(UTF_8));
  }
}
