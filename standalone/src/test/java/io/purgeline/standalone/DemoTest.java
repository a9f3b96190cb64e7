package io.purgeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it. */
class DemoTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final List<String> STORY =
      List.of(
          "1. A dataset that an active model uses can't be deleted",
          "409 Cannot delete dataset: it is currently used by 1 active model(s): localization-ID."
              + " Please deactivate or delete these models first.",
          "[ok] nothing was deleted",
          "2. A dataset of 3000 recordings is deleted",
          "[ok] all 3000 objects are counted as purged",
          "[ok] a listing of our own shows nothing",
          "3. A generation job is deleted: without, then with its datasets",
          "[ok] no dataset was deleted",
          "[ok] both datasets were deleted",
          "[ok] the dataset that was to stay is complete",
          "4. A training is deleted, with its directory",
          "[ok] the directory is gone",
          "[ok] all 2 files are counted as purged",
          "[ok] the copy is gone",
          "[ok] your files are as they were",
          "The neighbours",
          "[ok] all 40 recordings are there, checksums unchanged",
          "[ok] all 5 files are there, checksums unchanged",
          // 3000 and two times 100 recordings, 17 files of a training, 2 of the user's.
          "Freed: 3,219 objects and files, SIZE MiB. Every step was verified.");

  private static final Pattern API_PAGE = Pattern.compile("API page +(\\S+)");
  private static final Pattern API = Pattern.compile("API  +(\\S+)");
  private static final Pattern METRICS = Pattern.compile("Metrics +(\\S+) and (\\S+)");

  @TempDir Path folder;

  @Test
  void verifiesEveryStepAndLeavesTheUsersFilesAlone() throws Exception {
    var own = folder.resolve("my own files");
    Files.createDirectories(own.resolve("deep/er"));
    Files.writeString(own.resolve("a.txt"), "first");
    Files.writeString(own.resolve("deep/er/b.bin"), "second");
    var before = contents(own);
    var link = Files.createSymbolicLink(folder.resolve("link"), own);
    var data = folder.resolve("data");
    var options = List.of("--exit", "--data", data.toString(), "--dataset", link.toString());

    try (var demo = demo("first.log", options.toArray(String[]::new))) {
      await("the story begins")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> demo.output().contains("Some data that will stay"));
      var exitCode = demo.awaitEnd(PATIENCE);
      assertThat(exitCode).as(demo.output()).isZero();
      assertThat(story(demo)).containsSubsequence(STORY);
      assertThat(demo.output()).doesNotContain("FAILED", "Exception");
    }

    assertThat(contents(own)).isEqualTo(before);
    assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    // Those of the neighbour, of the protected dataset and of the one whose job went.
    assertThat(Npy.below(data.resolve("objects"))).hasSize(40 + 20 + 100);
  }

  /** The neighbours' files are compared last: one that has changed is a step that did not hold. */
  @Test
  void saysWhichStepWasNotVerifiedAndEndsWithAnotherCode() throws Exception {
    try (var demo = demo("failed.log", "--exit")) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> demo.output().contains("summed up"));
      var neighbour = scratch().resolve("trainings/train_0000000a/logs.txt");
      Files.writeString(neighbour, "not what it was");

      var exitCode = demo.awaitEnd(PATIENCE);

      assertThat(exitCode).as(demo.output()).isOne();
      assertThat(story(demo))
          .contains("[FAILED] not so: all 5 files are there, checksums unchanged")
          .noneMatch(line -> line.contains("Every step was verified"));
    }
  }

  @Test
  void staysUpAfterItsStoryUntilItIsTold() throws Exception {
    try (var demo = demo("staying.log")) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> demo.output().contains("Ctrl-C stops everything."));
      var its = readyPostgres();
      assertThat(isAlive(its)).isTrue();
      assertThat(story(demo)).anyMatch(line -> line.endsWith("Every step was verified."));
      assertThat(status(demo.found(API_PAGE, 1))).isEqualTo(200);
      assertThat(status(demo.found(API, 1) + "/deletions", "Authorization", demo.authorization()))
          .isEqualTo(200);
      assertThat(status(demo.found(METRICS, 1))).isEqualTo(200);
      assertThat(status(demo.found(METRICS, 2))).isEqualTo(200);

      demo.terminate();

      assertThat(demo.awaitEnd(PATIENCE)).as(demo.output()).isZero();
      assertThat(isAlive(its)).isFalse();
    }
    assertLeftNothing();
  }

  @Test
  void endsInOrderAtAnyTimeAndRemovesWhatAKilledOneLeft() throws Exception {
    long left;
    try (var demo = demo("killed.log")) {
      left = awaitPostgres(0);
      demo.kill();
    }
    assertThat(isAlive(left)).as("it really was left over").isTrue();

    try (var demo = demo("interrupted.log")) {
      var its = awaitPostgres(left); // nothing else has started yet
      assertThat(isAlive(left)).isFalse();
      demo.terminate();
      assertThat(demo.awaitEnd(PATIENCE)).as(demo.output()).isEqualTo(130);
      assertThat(demo.output()).doesNotContain("Exception");
      assertThat(isAlive(its)).isFalse();
    }
    assertLeftNothing();
  }

  private void assertLeftNothing() throws IOException {
    try (var entries = Files.list(scratch())) {
      assertThat(entries).containsExactly(scratch().resolve("purgeline.lock"));
    }
  }

  private static int status(String address, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (var http = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build()) {
      return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  /** Without what is another each time. */
  private static List<String> story(StandaloneProcess demo) {
    return demo.output()
        .lines()
        .map(line -> line.strip().replaceAll("-[0-9a-f]{8}\\b", "-ID"))
        .map(line -> line.replaceAll("[0-9.]+ MiB", "SIZE MiB"))
        .toList();
  }

  private StandaloneProcess demo(String log, String... options) {
    var arguments = Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new);
    return StandaloneProcess.start(folder.resolve("cache"), folder.resolve(log), arguments);
  }

  /** Waits until a PostgreSQL other than this one accepts connections in the demo's folder. */
  private long awaitPostgres(long other) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(this::readyPostgres, pid -> pid != 0 && pid != other);
  }

  /** The process number in the file it writes, 0 while it is not ready. */
  private long readyPostgres() {
    try {
      var lines = Files.readAllLines(scratch().resolve("postgres/postmaster.pid"));
      var ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
      return ready ? Long.parseLong(lines.getFirst().strip()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Where a demo works that was given no folder. */
  private Path scratch() {
    return folder.resolve("cache/demo/1");
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    var found = new TreeMap<String, String>();
    try (var paths = Files.walk(directory)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        found.put(path + " of " + Files.getLastModifiedTime(path), Files.readString(path));
      }
    }
    return found;
  }
}
