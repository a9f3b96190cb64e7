package io.purgeline.worker.objects;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A way in which a store, or the network before it, misbehaves. */
@FunctionalInterface
public interface Fault {

  /** None: answers as the store does. */
  Fault NONE = (exchange, store) -> store.ask().sendTo(exchange);

  /** Half of the answer, then a broken connection. */
  Fault HALF_AN_ANSWER = (exchange, store) -> store.ask().sendHalfTo(exchange);

  /** The status of success, and nothing else. */
  Fault EMPTY_ANSWER = (exchange, store) -> store.ask().withText("").sendTo(exchange);

  void answer(HttpExchange exchange, Store store) throws IOException;

  /** The answer, changed. */
  static Fault rewriting(UnaryOperator<String> change) {
    return (exchange, store) -> {
      var answer = store.ask();
      answer.withText(change.apply(answer.text())).sendTo(exchange);
    };
  }

  /** The same answer to everything, without asking the store. */
  static Fault always(int status, String xml) {
    return (exchange, _) -> Answer.xml(status, xml).sendTo(exchange);
  }

  /** The store does what was asked, but nobody hears of it before the latch opens. */
  static Fault silentUntil(CountDownLatch latch) {
    return (exchange, store) -> {
      var answer = store.ask();
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      answer.sendTo(exchange);
    };
  }

  /** The answer, but a byte at a time, and never all of it before the latch opens. */
  static Fault tricklingUntil(CountDownLatch latch) {
    return (exchange, store) ->
        store
            .ask()
            .sendTo(
                exchange,
                () -> {
                  try {
                    return latch.await(200, TimeUnit.MILLISECONDS);
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                });
  }

  /** This fault so many times; then it is over. */
  default Fault times(int count) {
    var left = new AtomicInteger(count);
    return (exchange, store) -> (left.getAndDecrement() > 0 ? this : NONE).answer(exchange, store);
  }

  /** This fault for requests whose query is of this kind; the others get through. */
  default Fault where(Predicate<String> query) {
    return whereRequest(
        exchange -> query.test(String.valueOf(exchange.getRequestURI().getRawQuery())));
  }

  /** This fault for requests of this kind; the others get through. */
  default Fault whereRequest(Predicate<HttpExchange> kind) {
    return (exchange, store) -> (kind.test(exchange) ? this : NONE).answer(exchange, store);
  }

  /** This fault for requests whose body contains the text. */
  default Fault whereBodyHas(String text) {
    return (exchange, store) -> {
      var body = exchange.getRequestBody().readAllBytes();
      exchange.setStreams(new ByteArrayInputStream(body), null);
      var hit = new String(body, StandardCharsets.UTF_8).contains(text);
      (hit ? this : NONE).answer(exchange, store);
    };
  }

  /** The store behind the proxy. */
  @FunctionalInterface
  interface Store {
    Answer ask() throws IOException;
  }
}
