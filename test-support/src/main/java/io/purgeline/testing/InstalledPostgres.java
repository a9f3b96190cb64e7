package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL that the machine's packages installed, of an older version than the embedded one, in
 * a scratch folder.
 */
public final class InstalledPostgres implements AutoCloseable {

  private static final String USER = "postgres";
  private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

  private final Path programs;
  private final Path folder = Folders.create("purgeline-postgres-");
  private final int port = StablePort.next();
  private final ServerProcess server;

  private InstalledPostgres(Path programs) {
    this.programs = programs;
    if (IS_ROOT) {
      run("chown", USER, folder.toString());
    }
    var data = folder.resolve("data").toString();
    run(asItsUser("initdb", "-D", data, "-U", USER, "--auth=trust", "-E", "UTF8", "--no-sync"));
    var command = asItsUser("postgres", "-D", data, "-k", "", "-p", Integer.toString(port));
    server = ServerProcess.start(command, Map.of(), folder.resolve("log"), this::isReady);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-installed-postgres"));
  }

  /**
   * A started server of this version for the caller alone, who closes it. Where there is none the
   * running test is skipped, or fails in CI.
   */
  public static InstalledPostgres own(int version) {
    var programs = Path.of("/usr/lib/postgresql/" + version + "/bin");
    if (!Files.isExecutable(programs.resolve("postgres"))) {
      MissingServer.report("PostgreSQL " + version, "install postgresql-" + version);
    }
    return new InstalledPostgres(programs);
  }

  /** Its one database, empty at first. */
  public TestDatabase database() {
    return new TestDatabase("jdbc:postgresql://127.0.0.1:" + port + "/" + USER, USER, USER);
  }

  /** Stops it and removes its data. */
  @Override
  public void close() {
    server.kill();
    run("rm", "-rf", "--", folder.toString());
  }

  /** PostgreSQL refuses to run as root. */
  private List<String> asItsUser(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (IS_ROOT) {
      command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private boolean isReady() throws SQLException {
    try (var connection = database().dataSource().getConnection()) {
      return connection.isValid(1);
    }
  }

  private static void run(String... command) {
    run(List.of(command));
  }

  private static void run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
