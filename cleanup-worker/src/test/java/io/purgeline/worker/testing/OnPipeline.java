package io.purgeline.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests on one pipeline with a worker. Every test has a folder of its own in each place, and live
 * neighbours beside it whose content is compared afterwards.
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
    for (var neighbour : new String[] {"run-10/live", "run", "run-1.txt"}) {
      pipeline.objects().put(pipeline.bucket(), folder + "/" + neighbour, neighbour.getBytes());
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
    contents.putAll(pipeline.objects().contents(pipeline.bucket(), folder + "/run-10/"));
    contents.putAll(pipeline.objects().contents(pipeline.bucket(), folder + "/run-1.txt"));
    var top = pipeline.objects().contents(pipeline.bucket(), folder + "/run");
    top.keySet().removeIf(key -> key.startsWith(folder + "/run-1/"));
    contents.putAll(top);
    contents.putAll(Tree.contents(pipeline.root("trainings").resolve(folder + "/run-10")));
    return contents;
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
