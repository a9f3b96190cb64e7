package io.purgeline.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests on one pipeline with a worker. Every test has a folder of its own in each bucket of the
 * store {@code main} and in a root, and live neighbours beside it whose content is compared
 * afterwards.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnPipeline {

  private final String[] settings;
  private final Pipeline pipeline = Pipeline.on(Servers.shared());
  private String folder = "";
  private Map<String, String> neighbours = Map.of();

  protected OnPipeline(String... settings) {
    this.settings = settings;
  }

  @BeforeAll
  void start() {
    pipeline.start(settings);
  }

  @AfterAll
  void close() {
    pipeline.close();
  }

  @BeforeEach
  void putNeighbours() {
    folder = UUID.randomUUID().toString();
    for (var bucket : buckets()) {
      for (var neighbour : List.of("run-10/live", "run", "run-1.txt")) {
        pipeline.objects().put(bucket, folder + "/" + neighbour, neighbour.getBytes());
      }
    }
    Tree.file(pipeline.root("trainings").resolve(folder + "/run-10/live.bin"), "live");
    Tree.file(pipeline.root("trainings").resolve(folder + "/run"), "live file");
    neighbours = liveContents();
  }

  @AfterEach
  void neighboursAreUntouched() {
    assertThat(liveContents()).isEqualTo(neighbours);
  }

  private Map<String, String> liveContents() {
    var contents = new TreeMap<String, String>();
    for (var bucket : buckets()) {
      var live = pipeline.objects().contents(bucket, folder + "/run");
      live.forEach((key, content) -> contents.put(bucket + "/" + key, content));
    }
    contents.keySet().removeIf(key -> key.contains("/" + prefix()));
    contents.putAll(Tree.contents(pipeline.root("trainings").resolve(folder + "/run-10")));
    return contents;
  }

  private List<String> buckets() {
    return List.of(pipeline.bucket(), pipeline.versionedBucket(), pipeline.lockedBucket());
  }

  protected Pipeline pipeline() {
    return pipeline;
  }

  /** The prefix that this test deletes. */
  protected String prefix() {
    return folder + "/run-1/";
  }

  /** Its location in a bucket of the store {@code main}. */
  protected String uri(String bucket) {
    return "s3://main/" + bucket + "/" + prefix();
  }

  protected String uri() {
    return uri(pipeline.bucket());
  }

  /** The directory that this test deletes, relative to its root. */
  protected String directory() {
    return folder + "/run-1";
  }
}
