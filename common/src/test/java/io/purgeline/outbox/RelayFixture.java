package io.purgeline.outbox;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.purgeline.config.RelayProperties;
import io.purgeline.messaging.Topology;
import io.purgeline.testing.PostgresServer;
import io.purgeline.testing.RabbitServer;
import io.purgeline.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An outbox with rows, a broker with one queue, and relays between them. */
final class RelayFixture implements AutoCloseable {

  static {
    // A test that passes is not slower for it, and a busy machine fails none.
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  static final String QUEUE = "purgeline.objects.main";

  /** For a broker that is only slow. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestBroker broker;
  private final DataSource source;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private Connection connection;
  private Channel channel;
  private final List<CachingConnectionFactory> factories = new ArrayList<>();
  private final OutboxRelay relay;
  private final Duration confirmTimeout;

  RelayFixture() {
    this(RabbitServer.shared().newVirtualHost(), PATIENCE);
  }

  RelayFixture(TestBroker broker, Duration confirmTimeout) {
    this.broker = broker;
    this.confirmTimeout = confirmTimeout;
    this.source = PostgresServer.shared().newMigratedDatabase().dataSourceInSchema();
    this.jdbc = JdbcClient.create(source);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    connect();
    this.relay = relay(broker.port());
  }

  /**
   * Opens the test's own connection, which an outage of the broker ends, and declares the queue, as
   * whoever consumes does whenever it connects: RabbitMQ 3.10 may forget a binding that was made
   * shortly before it is killed.
   */
  void connect() {
    try {
      connection = broker.connect();
      channel = connection.createChannel();
      declare();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private void declare() throws IOException {
    channel.exchangeDeclare(Topology.WORK, "topic", true);
    channel.exchangeDeclare(Topology.EVENTS, "topic", true);
    channel.queueDeclare(QUEUE, true, false, false, null);
    channel.queueBind(QUEUE, Topology.WORK, QUEUE);
  }

  /** A quorum queue that takes messages and never says so. */
  void declareSilent(String queue) {
    try {
      channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
      channel.queueBind(queue, Topology.WORK, queue);
      RabbitServer.shared().suspendQueue(broker, queue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OutboxRelay relay() {
    return relay;
  }

  DataSource source() {
    return source;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  TransactionTemplate transactions() {
    return transactions;
  }

  /** How many relays listen for commits. */
  int listeners() {
    return jdbc.sql(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and query = 'listen purgeline_outbox' and state = 'idle'
            """)
        .query(Integer.class)
        .single();
  }

  /** One whose broker nobody runs. */
  OutboxRelay relayWithoutBroker() {
    return relay(1);
  }

  private OutboxRelay relay(int port) {
    var connections = new CachingConnectionFactory("127.0.0.1", port);
    connections.setVirtualHost(broker.virtualHost());
    connections.setUsername(broker.username());
    connections.setPassword(broker.password());
    connections.setPublisherConfirmType(ConfirmType.CORRELATED);
    connections.setPublisherReturns(true);
    connections.getRabbitConnectionFactory().setChannelRpcTimeout((int) PATIENCE.toMillis());
    factories.add(connections);
    var settings =
        new RelayProperties(200, Duration.ofSeconds(1), confirmTimeout, Duration.ofSeconds(1));
    return new OutboxRelay(
        transactions, new OutboxRows(jdbc), new Publisher(connections), settings);
  }

  /** Rows that are due; answers their event ids in order. */
  List<UUID> insert(String routingKey, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> insert(Topology.WORK, routingKey, true, null, 0))
        .toList();
  }

  void insertLater(String routingKey) {
    insert(Topology.WORK, routingKey, true, null, 3_600);
  }

  void insertTo(String exchange) {
    insert(exchange, QUEUE, true, null, 0);
  }

  void insertFact() {
    insert(Topology.EVENTS, "DeletionFinished", false, null, 0);
  }

  /** A task whose message is in the outbox. */
  UUID insertTask() {
    var deletion = UUID.randomUUID();
    var task = UUID.randomUUID();
    jdbc.sql(
            """
            insert into deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
            values (?, 'dataset', 'x', 'x', '{}', 'test', 'PURGING')
            """)
        .param(deletion)
        .update();
    jdbc.sql("insert into purge_task (id, deletion_id, queue, state) values (?, ?, ?, 'PENDING')")
        .params(task, deletion, QUEUE)
        .update();
    insert(Topology.WORK, QUEUE, true, task, 0);
    return task;
  }

  private UUID insert(
      String exchange, String routingKey, boolean mandatory, @Nullable UUID task, int delay) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into outbox (event_id, exchange, routing_key, type, mandatory, task_id, payload, traceparent,
                                available_at)
            values (:id, :exchange, :key, 'DatasetDeleted', :mandatory, :task, :payload, '00-1-2-01',
                    now() + make_interval(secs => :delay))
            """)
        .param("id", id)
        .param("exchange", exchange)
        .param("key", routingKey)
        .param("mandatory", mandatory)
        .param("task", task)
        .param("payload", "payload " + id)
        .param("delay", delay)
        .update();
    return id;
  }

  int rows() {
    return jdbc.sql("select count(*) from outbox").query(Integer.class).single();
  }

  OffsetDateTime time(String selected) {
    return jdbc.sql("select " + selected).query(OffsetDateTime.class).single();
  }

  List<String> errors() {
    return jdbc.sql("select last_error from outbox where attempts > 0 order by id")
        .query((row, n) -> row.getString(1))
        .list();
  }

  boolean isDispatched(UUID task) {
    return jdbc.sql("select dispatched_at is not null from purge_task where id = ?")
        .param(task)
        .query(Boolean.class)
        .single();
  }

  /** Runs the relay as its loop does, which takes no failure for the last word. */
  void runUntil(Callable<Boolean> done) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(AmqpException.class)
        .until(() -> {
          relay.runOnce();
          return done.call();
        });
  }

  /** Does something while another transaction holds every row. */
  void whileRowsAreLocked(Runnable work) {
    transactions.executeWithoutResult(tx -> {
      jdbc.sql("select id from outbox for update").query(Long.class).list();
      CompletableFuture.runAsync(work).join(); // outside this transaction
    });
  }

  /** The ids of all messages in the queue, in their order. */
  List<UUID> received() {
    var ids = new ArrayList<UUID>();
    try {
      for (var message = get(); message != null; message = get()) {
        ids.add(UUID.fromString(message.getProps().getMessageId()));
      }
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GetResponse receive() {
    try {
      return Objects.requireNonNull(get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable GetResponse get() throws IOException {
    return channel.basicGet(QUEUE, true);
  }

  @Override
  public void close() {
    factories.forEach(RelayFixture::destroy);
    connection.abort();
  }

  /** Spring closes its channels in one thread while another still returns one. */
  private static void destroy(CachingConnectionFactory factory) {
    try {
      factory.destroy();
    } catch (ConcurrentModificationException e) {
      factory.destroy();
    }
  }
}
