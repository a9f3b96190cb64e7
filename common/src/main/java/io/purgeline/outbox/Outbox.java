package io.purgeline.outbox;

import io.purgeline.database.Ids;
import io.purgeline.messaging.CloudEvent;
import io.purgeline.messaging.PurgeRequest;
import io.purgeline.messaging.Topology;
import io.purgeline.messaging.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The only way a message comes into being: as a row, in the transaction of the change it announces.
 * Owner of the inserts into {@code outbox}; the {@link OutboxRelay} takes the rows out.
 */
public final class Outbox {

  private static final String INSERT =
      """
      insert into outbox (event_id, exchange, routing_key, type, mandatory, deletion_id, task_id,
                          payload, traceparent, available_at)
      values (:event_id, :exchange, :routing_key, :type, :mandatory, :deletion_id, :task_id,
              :payload, :traceparent, clock_timestamp() + make_interval(secs => :delay))
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final TraceContext trace;
  private final OutboxSignal signal;

  public Outbox(JdbcClient jdbc, Clock clock, TraceContext trace, OutboxSignal signal) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.trace = trace;
    this.signal = signal;
  }

  /** Asks for a slice of a purge, once the delay has passed on the database's clock. */
  public void request(WorkQueue queue, PurgeRequest request, Duration delay) {
    request(queue, request, delay, trace.current());
  }

  /** The same, as part of the given trace. */
  public void request(
      WorkQueue queue, PurgeRequest request, Duration delay, @Nullable String traceparent) {
    var event = request.toEvent(Ids.next(), now());
    var destination = new Destination(Topology.WORK, queue.name(), true);
    insert(event, destination, request.deletionId(), request.taskId(), delay, traceparent);
  }

  /** Tells whoever listens that something happened; on the path of no purge. */
  public void fact(String type, @Nullable UUID deletionId, Map<String, @Nullable Object> data) {
    var schema = "urn:purgeline:" + kebab(type) + ":1";
    var event = new CloudEvent(Ids.next(), type, schema, now(), data);
    var destination = new Destination(Topology.EVENTS, type, false);
    insert(event, destination, deletionId, null, Duration.ZERO, trace.current());
  }

  private void insert(
      CloudEvent event,
      Destination destination,
      @Nullable UUID deletionId,
      @Nullable UUID taskId,
      Duration delay,
      @Nullable String traceparent) {
    jdbc.sql(INSERT)
        .param("event_id", event.id())
        .param("exchange", destination.exchange())
        .param("routing_key", destination.routingKey())
        .param("type", event.type())
        .param("mandatory", destination.mandatory())
        .param("deletion_id", deletionId)
        .param("task_id", taskId)
        .param("payload", event.toJson())
        .param("traceparent", traceparent)
        .param("delay", delay.toMillis() / 1000.0)
        .update();
    if (delay.isZero()) {
      signal.afterCommit();
    }
  }

  private Instant now() {
    return clock.instant();
  }

  private static String kebab(String type) {
    return type.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private record Destination(String exchange, String routingKey, boolean mandatory) {}
}
