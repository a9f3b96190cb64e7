package io.purgeline.worker.testing;

import io.purgeline.testing.Installation;
import io.purgeline.testing.JavaCommand;
import io.purgeline.worker.WorkerApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker in a process of its own, to be killed. */
public final class WorkerProcess implements AutoCloseable {

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  static WorkerProcess launch(List<String> arguments, Path log) {
    var main = WorkerApplication.class.getName();
    var command = JavaCommand.onThisClassPath(Installation.SMALL_JVM, main, arguments);
    try {
      return new WorkerProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the lease is of this process; an owner's name begins with it. */
  public boolean holds(@Nullable String leaseOwner) {
    return leaseOwner != null && leaseOwner.startsWith(process.pid() + "@");
  }

  /** Kills it as a power cut would. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
