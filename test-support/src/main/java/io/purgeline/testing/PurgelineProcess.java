package io.purgeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A gateway or a worker as a process of its own, on the class path of this JVM: it can be killed,
 * and launched again on the same port. It ends with this JVM.
 */
public final class PurgelineProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  private final List<String> command;
  private final URI address;
  private final Path log;
  private Process process;

  private PurgelineProcess(List<String> command, URI address, Path log) {
    this.command = command;
    this.address = address;
    this.log = log;
    this.process = run();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-process"));
  }

  /**
   * Starts one; {@link #awaitHealthy} tells when it is there.
   *
   * @param main the class to run
   * @param jvm options of its JVM
   * @param settings its command line, without the port
   * @param log gets what it prints, after what is in it
   */
  static PurgelineProcess start(String main, List<String> jvm, List<String> settings, Path log) {
    var port = StablePort.next();
    var options = new ArrayList<>(jvm);
    options.addAll(ClassArchive.of(main).options());
    var arguments = new ArrayList<>(List.of("--server.port=" + port));
    arguments.addAll(settings);
    var command = JavaCommand.of(options, main, arguments);
    return new PurgelineProcess(command, URI.create("http://127.0.0.1:" + port), log);
  }

  /** Starts it again after its end, as it was started first. */
  public void launch() {
    process = run();
  }

  private Process run() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("could not launch " + command.getFirst(), e);
    }
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  /** Waits until it says that it is well. */
  public PurgelineProcess awaitHealthy() {
    Awaitility.await(log.toString())
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !process.isAlive() || isHealthy());
    if (!process.isAlive()) {
      throw new IllegalStateException("a process ended; see " + log);
    }
    return this;
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      return status("/health") == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    }
  }

  /** What it answers to a GET of a path that is open to everyone. */
  public int status(String path) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address.resolve(path)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /** SIGKILL: no hook runs, nothing is handed back. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; answers whether it ended in time. */
  public boolean terminate(Duration limit) throws InterruptedException {
    process.destroy();
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
