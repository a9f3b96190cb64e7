package io.purgeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What is wrong with a configuration is told in one sentence that names the property. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedConfigurationTest {

  private static final String ENVIRONMENT =
      StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
  private static final String JVM = StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;

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
          purgeline.object-stores.[main.large].endpoint=http://a   | Invalid name 'main.large' in purgeline.object-stores: 1 to 63 letters, digits, '_' and '-', the first a letter or digit.
          purgeline.object-stores.main.buckets=Capital             | Invalid value 'Capital' of purgeline.object-stores.main.buckets: no bucket can have this name.
          purgeline.object-stores.main.endpoint=minio:9000 | Invalid value 'minio:9000' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=http://host:9000/path | Invalid value 'http://host:9000/path' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=ftp://host | Invalid value 'ftp://host' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=host | Invalid value 'host' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=http:/// | Invalid value 'http:///' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=http://host:9000?a=b | Invalid value 'http://host:9000?a=b' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=http://host:70000 | Invalid value 'http://host:70000' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=http://host:0 | Invalid value 'http://host:0' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.object-stores.main.endpoint=http://user:very-secret@host:9000 | Invalid value 'http://...@host:9000' of purgeline.object-stores.main.endpoint: it must be http:// or https://, a host and perhaps a port, such as http://minio:9000.
          purgeline.http.max-body=0B | purgeline.http.max-body must be from 1B to 1GB, but it is '0B'.
          purgeline.http.max-body=-1MB | purgeline.http.max-body must be from 1B to 1GB, but it is '-1048576B'.
          purgeline.http.max-body=2GB | purgeline.http.max-body must be from 1B to 1GB, but it is '2147483648B'.
          purgeline.directory-roots.[a.b]=/nonexistent/a           | Invalid name 'a.b' in purgeline.directory-roots: 1 to 63 letters, digits, '_' and '-', the first a letter or digit.
          purgeline.directory-roots.main=relative/path             | Invalid value 'relative/path' of purgeline.directory-roots.main: it must be an absolute path.
          purgeline.defaults.dataset-locations=s3://main/bucket/{id}      | Invalid value 's3://main/bucket/{id}' of purgeline.defaults.dataset-locations[0]: the prefix must end with a slash.
          purgeline.defaults.dataset-locations=s3://main/bucket/data/     | Invalid value 's3://main/bucket/data/' of purgeline.defaults.dataset-locations[0]: without {id} all resources would have the same place.
          purgeline.defaults.dataset-locations=s3://main/bucket/{id}/,s3://main/bucket/{id}/old/ | Invalid value 's3://main/bucket/{id}/old/' of purgeline.defaults.dataset-locations[1]: it overlaps s3://main/bucket/{id}/.
          purgeline.defaults.files-locations=file:///data/{id}       | Invalid value 'file:///data/{id}' of purgeline.defaults.files-locations[0]: it must start with s3:// or dir://.
          purgeline.defaults.training-locations=dir://trainings/../{id} | Invalid value 'dir://trainings/../{id}' of purgeline.defaults.training-locations[0]: empty, '.' and '..' segments are not allowed.
          purgeline.security.users[0].name=a       | purgeline.security.users[0].password must not be blank; purgeline.security.users[0].roles must not be empty, but it is 'null'.
          """)
  void namesTheProperty(String property, String sentence, CapturedOutput output) {
    assertThatThrownBy(() -> start("--" + property)).isNotNull();

    assertThat(description(output)).isEqualTo(sentence);
  }

  /** As a worker, which connects to stores and opens roots before all else is there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "purgeline.object-stores.main.endpoint=minio:9000",
        "purgeline.directory-roots.main=relative/path",
        "purgeline.defaults.files-locations=dir://datasets"
      })
  void namesThePropertyBeforeAnythingUsesIt(String property, CapturedOutput output) {
    var application =
        new SpringApplicationBuilder(Hasty.class, PropertiesConfiguration.class)
            .web(WebApplicationType.NONE);

    assertThatThrownBy(() -> application.run("--" + property)).isNotNull();

    assertThat(description(output))
        .startsWith("Invalid value")
        .contains(property.substring(0, property.indexOf('=')));
  }

  /** Something that works with the properties as soon as it gets them. */
  private static final class Hasty {

    Hasty(PurgelineProperties properties) {
      throw new IllegalStateException("used: " + properties);
    }
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
  void namesARateThatNobodyCouldHold(CapturedOutput output) {
    assertThatThrownBy(() ->
            start(
                "--purgeline.object-stores.main.prefix-removal=true",
                "--purgeline.purge.max-objects-per-second=500"))
        .isNotNull();

    assertThat(description(output))
        .isEqualTo(
            "purgeline.object-stores.main.prefix-removal removes all objects at once, and purgeline.purge.max-objects-per-second allows 500: set one of them only.");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PURGELINE_PURGE_SETTLETIM",
        "PURGELINE_COLOUR",
        "PURGELINE_RETRY_MAXATTEMPTS_2",
        "PURGELINE_OBJECTSTORES_MAIN_BUKETS",
        "purgeline_retry_maxatempts"
      })
  void namesAVariableThatNothingReads(String name, CapturedOutput output) {
    assertThatThrownBy(() -> start(ENVIRONMENT, Map.of(name, "1"))).isNotNull();

    assertThat(description(output)).isEqualTo("There is no property for " + name + ".");
  }

  @Test
  void namesAnOptionOfTheJvmThatNothingReads(CapturedOutput output) {
    assertThatThrownBy(() -> start(JVM, Map.of("purgeline.purge.settle-tim", "1s"))).isNotNull();

    assertThat(description(output))
        .isEqualTo("There is no property for purgeline.purge.settle-tim.");
  }

  @ParameterizedTest
  @CsvSource({
    "PURGELINE_PURGE_SETTLETIME, 10m",
    "PURGELINE_PURGE_SETTLE_TIME, 10m",
    "PURGELINE_OBJECTSTORES_MAIN_BUCKETS, abc",
    "PURGELINE_OBJECTSTORES_MAIN_BUCKETS_0, abc",
    "PURGELINE_OBJECTSTORES_MAIN_ACCESSKEY, a",
    "PURGELINE_DIRECTORYROOTS_TRAININGS, /nonexistent/a",
    "PURGELINE_DEFAULTS_TRAININGLOCATIONS_0, dir://trainings/{id}",
    "PURGELINE_SERVICE_HOST, 10.0.0.1",
    "PURGELINE_GATEWAY_PORT_8080_TCP_ADDR, 10.0.0.1",
    "PURGELINE_CACHE, /nonexistent",
    "PURGELINE_PASSWORD, secret"
  })
  void takesAVariableThatIsMeantForSomething(String name, String value) {
    start(ENVIRONMENT, Map.of(name, value)).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://minio:9000",
        "http://my_minio:9000/",
        "HTTPS://s3.Example.com",
        "https://s3.eu-central-1.amazonaws.com.",
        "http://127.0.0.1:9000",
        "http://[::1]:9000"
      })
  void takesWhereAStoreMayBe(String endpoint) {
    start("--purgeline.object-stores.main.endpoint=" + endpoint).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1B", "10MB", "1GB"})
  void takesALimitOfBodies(String size) {
    start("--purgeline.http.max-body=" + size).close();
  }

  @Test
  void takesAnOptionOfTheJvm() {
    start(JVM, Map.of("purgeline.retry.max-attempts", "5")).close();
  }

  /** It is no slip of the pen because another source says more. */
  @Test
  void takesAVariableThatAnArgumentOverrides() {
    start(
            ENVIRONMENT,
            Map.of(
                "PURGELINE_DEFAULTS_FILESLOCATIONS_1",
                "dir://more/{id}",
                "PURGELINE_DEFAULTS_FILESLOCATIONS_0",
                "dir://datasets/{id}",
                "PURGELINE_RETRY_MAXATTEMPTS",
                "5"),
            "--purgeline.defaults.files-locations=dir://other/{id}",
            "--purgeline.retry.max-attempts=6")
        .close();
  }

  @Test
  void takesAVariableThatAFileRefersTo() {
    start(
            ENVIRONMENT,
            Map.of("PURGELINE_APP_PASSWORD", "secret"),
            "--spring.datasource.password=${PURGELINE_APP_PASSWORD}")
        .close();
  }

  @Test
  void startsWithNothingConfigured() {
    start().close();
  }

  @Test
  void saysWhatADatabaseNeeds(CapturedOutput output) {
    var application =
        new SpringApplicationBuilder(
                PropertiesConfiguration.class, DataSourceAutoConfiguration.class, Asked.class)
            .web(WebApplicationType.NONE);

    assertThatThrownBy(application::run).isNotNull();

    assertThat(description(output))
        .startsWith("No database is given: set spring.datasource.url, for example to jdbc:");
  }

  /** Something that needs the database, as all processes have. */
  private record Asked(DataSource database) {}

  private static ConfigurableApplicationContext start(String... arguments) {
    return start(ENVIRONMENT, Map.of(), arguments);
  }

  private static ConfigurableApplicationContext start(
      String source, Map<String, Object> values, String... arguments) {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            source,
            source.equals(JVM)
                ? new MapPropertySource(source, values)
                : new SystemEnvironmentPropertySource(source, values));
    return new SpringApplicationBuilder(PropertiesConfiguration.class)
        .environment(environment)
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
