package io.purgeline.config;

import io.purgeline.messaging.WorkQueue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Everything below {@code purgeline}. A property that is not listed here stops the start.
 *
 * @param objectStores the object stores, by the name that locations use; a worker lists those it
 *     can reach
 * @param directoryRoots the directory roots, by the name that locations use; a worker lists those
 *     it has mounted
 * @param defaults where a resource's bytes are when nobody says
 * @param security who may log in
 * @param retry how a failed purge is tried again
 * @param purge how purges run
 * @param relay how messages are published
 * @param worker how tasks are taken and given back
 * @param deadLetters how long dead letters are kept
 * @param http limits of the API
 * @param alerts what counts as late
 * @param canary how often everything is tried out
 */
@Validated
@ConfigurationProperties(prefix = "purgeline", ignoreUnknownFields = false)
public record PurgelineProperties(
    @DefaultValue Map<String, @Valid ObjectStoreProperties> objectStores,
    @DefaultValue Map<String, @NotNull Path> directoryRoots,
    @Valid @DefaultValue LocationDefaults defaults,
    @Valid @DefaultValue SecurityProperties security,
    @Valid @DefaultValue RetryProperties retry,
    @Valid @DefaultValue PurgeProperties purge,
    @Valid @DefaultValue RelayProperties relay,
    @Valid @DefaultValue WorkerProperties worker,
    @Valid @DefaultValue DeadLetterProperties deadLetters,
    @Valid @DefaultValue HttpProperties http,
    @Valid @DefaultValue AlertProperties alerts,
    @Valid @DefaultValue CanaryProperties canary) {

  /**
   * The queue of every store and root, and the one for tasks without storage; twins not included.
   */
  public List<WorkQueue> queues() {
    return Stream.of(
            objectStores.keySet().stream().map(WorkQueue::objects),
            directoryRoots.keySet().stream().map(WorkQueue::directories),
            Stream.of(WorkQueue.RECORDS))
        .flatMap(queues -> queues)
        .toList();
  }
}
