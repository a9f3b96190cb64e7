package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is wrong with a configuration is told in one sentence that names the property. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedConfigurationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          purgeline.retry.max-atempts=3            | There is no property purgeline.retry.max-atempts.
          purgeline.colour=red                     | There is no property purgeline.colour.
          purgeline.object-stores.main.bukets=a    | There is no property purgeline.object-stores.main.bukets.
          purgeline.retry.max-attempts=0           | purgeline.retry.max-attempts must be greater than or equal to 1, but it is '0'.
          purgeline.retry.max-attempts=many        | Invalid value 'many' of purgeline.retry.max-attempts: For input string: "many".
          purgeline.retry.initial-delay=soon       | Invalid value 'soon' of purgeline.retry.initial-delay: 'soon' is not a valid duration.
          purgeline.security.users[0].name=a       | purgeline.security.users[0].password must not be blank; purgeline.security.users[0].roles must not be empty, but it is 'null'.
          """)
  void namesTheProperty(String property, String sentence, CapturedOutput output) {
    assertThatThrownBy(() -> start("--" + property)).isNotNull();

    assertThat(description(output)).isEqualTo(sentence);
  }

  @Test
  void namesAnUnknownRole(CapturedOutput output) {
    assertThatThrownBy(() ->
            start(
                "--purgeline.security.users[0].name=a",
                "--purgeline.security.users[0].password={noop}very-secret",
                "--purgeline.security.users[0].roles=admin"))
        .isNotNull();

    assertThat(description(output))
        .startsWith("Invalid value 'admin' of purgeline.security.users[0].roles");
    assertThat(output).doesNotContain("very-secret");
  }

  @Test
  void namesRootsInsideEachOther(CapturedOutput output) {
    assertThatThrownBy(() ->
            start(
                "--purgeline.directory-roots.outer=/nonexistent/a",
                "--purgeline.directory-roots.inner=/nonexistent/a/b"))
        .isNotNull();

    assertThat(description(output)).contains("'outer'").contains("'inner'");
  }

  @Test
  void startsWithNothingConfigured() {
    start().close();
  }

  private static org.springframework.context.ConfigurableApplicationContext start(
      String... arguments) {
    return new SpringApplicationBuilder(PropertiesConfiguration.class)
        .web(WebApplicationType.NONE)
        .run(arguments);
  }

  /** What is printed for a person, in one line. */
  private static String description(CapturedOutput output) {
    var text = output.toString();
    return text.substring(text.indexOf("Description:") + "Description:".length())
        .replaceAll("Action:(.|\\s)*", "")
        .strip();
  }
}
