package io.purgeline.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

  @TempDir Path folder;

  @Test
  void goesOnWithTheSameDataAfterARestart() throws Exception {
    var data = folder.resolve("with space");
    try (var servers = EmbeddedServers.start(data)) {
      execute(servers.database(), "CREATE TABLE kept AS SELECT 42 AS value");
      assertThat(setting(servers.database(), "fsync")).isEqualTo("on");
      assertThat(setting(servers.database(), "synchronous_commit")).isEqualTo("on");
      assertThat(setting(servers.database(), "max_connections")).isEqualTo("100");
      put(servers.objectStore(), "synthetic/a/0.npy", "bytes");
    }
    try (var servers = EmbeddedServers.start(data)) {
      assertThat(ask(servers.database(), "SELECT value FROM kept")).isEqualTo("42");
      assertThat(get(servers.objectStore(), "synthetic/a/0.npy")).isEqualTo("bytes");
    }
    assertThat(PostgresProcess.in(data.toRealPath().resolve("postgres"))).isEmpty();
  }

  @Test
  void makesTheBucketsOfItsSettings() throws Exception {
    var settings = new EmbeddedSettings(folder, List.of("one", "two"), 0, 0, 0);
    try (var servers = EmbeddedServers.start(settings);
        var client = client(servers.objectStore())) {
      for (var bucket : List.of("one", "two")) {
        assertThat(client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())).isTrue();
      }
    }
  }

  @Test
  void stopsAPostgresThatAKilledJvmLeftAndGoesOnWithItsData() throws Exception {
    var child = launch(folder);
    var left = new DatabaseAccess(firstLine(child), "postgres", "postgres");
    execute(left, "CREATE TABLE kept AS SELECT 42 AS value");
    child.destroyForcibly().waitFor();
    assertThat(ask(left, "SELECT value FROM kept")).isEqualTo("42"); // it really was left over
    try (var servers = EmbeddedServers.start(folder)) {
      assertThat(ask(servers.database(), "SELECT value FROM kept")).isEqualTo("42");
      assertThatThrownBy(() -> ask(left, "SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void leavesTheServersOfALivingProcessAlone() throws Exception {
    var child = launch(folder);
    var alive = new DatabaseAccess(firstLine(child), "postgres", "postgres");
    try {
      assertThatThrownBy(() -> EmbeddedServers.start(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another Purgeline");
      assertThat(ask(alive, "SELECT 1")).isEqualTo("1");
    } finally {
      child.destroyForcibly().waitFor();
      EmbeddedServers.start(folder).close();
    }
  }

  @Test
  void setsAsideADatabaseWhoseFirstStartWasCutOff() throws Exception {
    Files.createDirectories(folder.resolve("postgres"));
    Files.writeString(folder.resolve("postgres/postgresql.conf"), "half = written");
    try (var servers = EmbeddedServers.start(folder)) {
      assertThat(ask(servers.database(), "SELECT 1")).isEqualTo("1");
    }
    assertThat(folder).isDirectoryContaining("glob:**/postgres.unfinished-*");
  }

  @Test
  void takesTheNumberOfAnotherProcessForWhatItIs() throws Exception {
    EmbeddedServers.start(folder).close();
    var me = ProcessHandle.current().pid() + "\n" + folder.toRealPath().resolve("postgres") + "\n";
    Files.writeString(folder.resolve("postgres/postmaster.pid"), me);
    assertThat(PostgresProcess.in(folder.toRealPath().resolve("postgres"))).isEmpty();
    try (var servers = EmbeddedServers.start(folder)) {
      assertThat(ask(servers.database(), "SELECT 1")).isEqualTo("1");
    }
  }

  private static Process launch(Path folder) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(
            java, "-cp", classPath, EmbeddedServersMain.class.getName(), folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws Exception {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    var line = reader.readLine();
    while (line != null && !line.startsWith("jdbc:")) {
      line = reader.readLine();
    }
    return line;
  }

  private static void execute(DatabaseAccess database, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String setting(DatabaseAccess database, String name) throws SQLException {
    return ask(database, "SHOW " + name);
  }

  private static String ask(DatabaseAccess database, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void put(ObjectStoreAccess store, String key, String content) throws Exception {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    try (var client = client(store)) {
      client.putObject(
          PutObjectArgs.builder()
              .bucket("heimdall-synthetic-iq")
              .object(key)
              .data(bytes, bytes.length)
              .build());
    }
  }

  private static String get(ObjectStoreAccess store, String key) throws Exception {
    var request = GetObjectArgs.builder().bucket("heimdall-synthetic-iq").object(key).build();
    try (var client = client(store);
        var object = client.getObject(request)) {
      return new String(object.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static MinioClient client(ObjectStoreAccess store) {
    return MinioClient.builder()
        .endpoint(store.endpoint())
        .credentials(store.accessKey(), store.secretKey())
        .build();
  }
}
