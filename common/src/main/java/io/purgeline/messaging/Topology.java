package io.purgeline.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;

/**
 * Every exchange and queue, by name, from one place. Arguments hold only what never changes: a
 * queue can't be declared again with others. No alternate exchange: it would count as routed and
 * hide what came back.
 */
public final class Topology {

  /** Where the relay publishes work; only our queues bind here. */
  public static final String WORK = "purgeline.work";

  /** Facts for whoever cares to bind; nobody listening is no error. */
  public static final String EVENTS = "purgeline.events";

  /**
   * Exchange and queue of what the broker itself gave up on; drained into the table of dead
   * letters.
   */
  public static final String DEAD_LETTERS = "purgeline.dead-letters";

  /** The broker's own limit is the second net only: the database counts failures. */
  public static final int DELIVERY_LIMIT = 100;

  /** Large enough to be none; "unlimited" kills on brokers before 4.0. */
  private static final int NO_DELIVERY_LIMIT = 1_000_000;

  private Topology() {}

  /** What a process declares that publishes to, or consumes from, these queues. */
  public static Declarables of(Collection<WorkQueue> queues) {
    var work = new TopicExchange(WORK);
    var deadLetters = new DirectExchange(DEAD_LETTERS);
    var deadLetterQueue =
        QueueBuilder.durable(DEAD_LETTERS).quorum().deliveryLimit(NO_DELIVERY_LIMIT).build();
    var declarables = new ArrayList<Declarable>();
    declarables.addAll(List.of(work, new TopicExchange(EVENTS), deadLetters, deadLetterQueue));
    declarables.add(BindingBuilder.bind(deadLetterQueue).to(deadLetters).with(DEAD_LETTERS));
    for (var queue : queues) {
      for (var twin : List.of(queue, queue.large())) {
        var declared = new Queue(twin.name(), true, false, false, arguments());
        declarables.add(declared);
        declarables.add(bind(declared, work));
      }
    }
    return new Declarables(declarables);
  }

  private static Binding bind(Queue queue, TopicExchange work) {
    return BindingBuilder.bind(queue).to(work).with(queue.getName());
  }

  /**
   * At-least-once dead-lettering needs reject-publish; otherwise the broker falls back without a
   * word.
   */
  private static Map<String, @Nullable Object> arguments() {
    return Map.of(
        "x-queue-type",
        "quorum",
        "x-dead-letter-exchange",
        DEAD_LETTERS,
        "x-dead-letter-routing-key",
        DEAD_LETTERS,
        "x-dead-letter-strategy",
        "at-least-once",
        "x-overflow",
        "reject-publish",
        "x-delivery-limit",
        DELIVERY_LIMIT);
  }
}
