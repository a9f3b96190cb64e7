package io.purgeline.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The classes that processes of one main class load at their start, archived, which saves a good
 * part of its processor time. Java archives what comes from jars only: while the main class is not
 * packaged there is no archive, and everything works the same.
 */
final class ClassArchive {

  private static final Map<String, ClassArchive> ALL = new ConcurrentHashMap<>();
  private static final int LONGEST_MINUTES = 5;
  private static final Path FOLDER = Path.of("target").toAbsolutePath();

  private final List<String> options;

  private ClassArchive(String main) {
    var classPath = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    if (isPackaged(main) && Files.isDirectory(FOLDER)) {
      var jars = classPath.stream().filter(part -> part.endsWith(".jar")).toList();
      var file = FOLDER.resolve(main.substring(main.lastIndexOf('.') + 1) + ".jsa");
      if (!isFresh(file, jars)) {
        make(file, jars, main);
      }
      this.options = options("-XX:SharedArchiveFile=" + file, jars);
    } else {
      this.options = options("-Xshare:auto", classPath);
    }
  }

  /** Made at the first use, which takes some seconds. */
  static ClassArchive of(String main) {
    return ALL.computeIfAbsent(main, ClassArchive::new);
  }

  /** What a process is started with. */
  List<String> options() {
    return options;
  }

  private static List<String> options(String archive, List<String> classPath) {
    return List.of(archive, "-cp", String.join(File.pathSeparator, classPath));
  }

  private static boolean isPackaged(String main) {
    var resource = ClassLoader.getSystemResource(main.replace('.', '/') + ".class");
    return resource != null && resource.getProtocol().equals("jar");
  }

  /** Java makes no use of one that is older than a jar. */
  private static boolean isFresh(Path file, List<String> jars) {
    var made = file.toFile().lastModified();
    return jars.stream().allMatch(jar -> new File(jar).lastModified() < made);
  }

  /** By a process that reaches no database, and ends. */
  private static void make(Path file, List<String> jars, String main) {
    var draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    var options = new ArrayList<>(Installation.SMALL_JVM);
    options.addAll(options("-XX:ArchiveClassesAtExit=" + draft, jars));
    var arguments =
        List.of("--server.port=0", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none");
    var command = JavaCommand.of(options, main, arguments);
    try {
      var process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (ends(process) && Files.exists(draft)) {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no archive of the classes of " + main, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without an archive it is slower; one that is not whole is none. */
  private static boolean ends(Process process) throws InterruptedException {
    var ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    return ended;
  }
}
