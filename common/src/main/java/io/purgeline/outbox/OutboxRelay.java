package io.purgeline.outbox;

import io.purgeline.config.RelayProperties;
import io.purgeline.outbox.Publication.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Publishes what is in the outbox; nothing else publishes. Any number of relays may run at once.
 *
 * <p>Lock, publish, wait for the confirms, delete, commit. The transaction spans the broker's
 * answer (bounded by the confirm timeout), on purpose: a crash at any point is a rollback, the rows
 * are still there, and another relay sends them again. A row is deleted only when the broker
 * confirmed it and did not return it, so a message may be published twice and is never lost.
 */
public final class OutboxRelay {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  /** How long a queue is left alone that did not answer. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Rows that failed before, at most so many in a batch. */
  private static final int MOST_TRIED = 20;

  private final TransactionOperations transactions;
  private final OutboxRows rows;
  private final Publisher publisher;
  private final RelayProperties settings;
  private final SilentKeys silent;

  OutboxRelay(
      TransactionOperations transactions,
      OutboxRows rows,
      Publisher publisher,
      RelayProperties settings) {
    this.transactions = transactions;
    this.rows = rows;
    this.publisher = publisher;
    this.settings = settings;
    this.silent = new SilentKeys(SILENCE);
  }

  /**
   * Publishes one batch of what is due. Rows that failed before come in small numbers behind the
   * fresh ones, and those for a queue that does not answer come later: neither keeps others
   * waiting.
   *
   * @throws AmqpException if the broker cannot be reached; every row is as it was
   */
  public RelayReport runOnce() {
    var report = Objects.requireNonNull(transactions.execute(tx -> conclude(publish())));
    if (report.confirmed() > 0) {
      publisher.blocked().published();
    }
    if (report.unanswered() > 0) {
      publisher.reset(); // after the commit: a broker that hangs takes long to close a connection
    }
    return report;
  }

  /** Whether the broker lets this process publish nothing. */
  boolean isBlocked() {
    return publisher.blocked().isBlocked();
  }

  private List<Answered> publish() {
    var answered = new ArrayList<Answered>();
    publishTogether(rows.lockFresh(settings.batchSize(), silent.current()), answered);
    noteSilence(answered);
    // A row that failed before goes alone: if it takes the channel down, it takes nobody with it.
    for (var row : rows.lockTried(MOST_TRIED, silent.current())) {
      if (answered.stream().anyMatch(Answered::isOpen)) {
        break; // each would wait for its own time-out; they stay as they are
      }
      publishTogether(List.of(row), answered);
      noteSilence(answered);
    }
    return answered;
  }

  private void noteSilence(List<Answered> answered) {
    silent.add(
        answered.stream()
            .filter(Answered::isOpen)
            .map(each -> each.row().routingKey())
            .distinct()
            .toList());
  }

  private void publishTogether(List<OutboxRow> batch, List<Answered> answered) {
    var deadline = System.nanoTime() + settings.confirmTimeout().toNanos();
    var sent = new ArrayList<Publication>(batch.size());
    for (var row : batch) {
      try {
        sent.add(publisher.send(row));
      } catch (AmqpException | IllegalArgumentException e) {
        if (BrokerOutage.isMeantBy(e)) {
          throw e; // nothing is wrong with the row
        }
        log.warn("message {} could not be sent", row.eventId(), e);
        answered.add(new Answered(row, Answer.REJECTED));
      }
    }
    for (var publication : sent) {
      answered.add(new Answered(publication.row(), await(publication, deadline)));
    }
  }

  private static Answer await(Publication publication, long deadline) {
    try {
      return publication.await(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.UNANSWERED;
    }
  }

  private RelayReport conclude(List<Answered> answered) {
    if (answered.isEmpty()) {
      return RelayReport.NOTHING;
    }
    var confirmed = rows(answered, Answer.CONFIRMED);
    rows.delete(confirmed.stream().map(OutboxRow::id).toList());
    rows.markDispatched(
        confirmed.stream().map(OutboxRow::taskId).filter(Objects::nonNull).sorted().toList());
    for (var each : answered) {
      switch (each.answer()) {
        case CONFIRMED -> {}
        case RETURNED -> postpone(each.row(), "no queue is bound for " + each.row().routingKey());
        case REJECTED -> postpone(each.row(), "the broker refused it");
        case UNANSWERED -> postpone(each.row(), "the broker did not confirm it");
      }
    }
    return new RelayReport(
        confirmed.size(),
        rows(answered, Answer.RETURNED).size(),
        rows(answered, Answer.REJECTED).size(),
        rows(answered, Answer.UNANSWERED).size());
  }

  private static List<OutboxRow> rows(List<Answered> answered, Answer answer) {
    return answered.stream().filter(a -> a.answer() == answer).map(Answered::row).toList();
  }

  private void postpone(OutboxRow row, String error) {
    log.atWarn()
        .addKeyValue("event_id", row.eventId())
        .addKeyValue("routing_key", row.routingKey())
        .addKeyValue("attempts", row.attempts() + 1)
        .log("message stays in the outbox: {}", error);
    rows.postpone(row.id(), error);
  }

  private record Answered(OutboxRow row, Answer answer) {

    /** Whether the broker still owes an answer. */
    boolean isOpen() {
      return answer == Answer.UNANSWERED;
    }
  }
}
