package io.purgeline.worker.purge;

import io.purgeline.messaging.UnreadableMessageException;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.worker.purge.Outcome.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What failures have in common that one repair mends (ADR 0009).
 *
 * @param group 16 hex digits
 * @param title what a person reads: the cause without what differs from one purge to the next
 */
record Fingerprint(String group, String title) {

  private static final Pattern OWN_FRAME =
      Pattern.compile("^\\s*+at (?:[^/\\s]++/++)*+(io\\.purgeline\\.[^(\\s]++)\\(");

  /**
   * Of an error of the program: the type of the exception, the first of our own frames, the
   * message.
   */
  static Fingerprint ofBug(Cause cause) {
    var wording = Wording.of(cause.message());
    return of(named(cause, wording), cause.exception(), firstOwnFrame(cause.stack()), wording);
  }

  /**
   * Of a failure at a store or root, which is part of it: what is repaired in one is not repaired
   * in another. The store's own code, where it gave one, says more than any message or frame.
   */
  static Fingerprint ofItem(Cause cause, String queue) {
    var code = cause.code();
    if (code != null) {
      return of(at(code, queue), queue, cause.exception(), code);
    }
    var wording = Wording.of(cause.message());
    var title = at(named(cause, wording), queue);
    return of(title, queue, cause.exception(), firstOwnFrame(cause.stack()), wording);
  }

  /** Of a task that nobody brought to an outcome. */
  static Fingerprint ofLoss(Loss loss, String queue) {
    return of(at(loss.title(), queue), queue, loss.exception());
  }

  /** Of a message: the kind of trouble. */
  static Fingerprint of(UnreadableMessageException problem) {
    var title = "UnreadableMessage: " + problem.trouble();
    return of(title, "UnreadableMessage", problem.trouble());
  }

  private static Fingerprint of(String title, String... parts) {
    return new Fingerprint(digest(String.join("\n", parts)), title);
  }

  private static String named(Cause cause, String wording) {
    var exception = cause.exception();
    return Wording.cut(exception.substring(exception.lastIndexOf('.') + 1) + ": " + wording);
  }

  private static String at(String what, String queue) {
    return what + " (" + new WorkQueue(queue).store() + ")";
  }

  private static String firstOwnFrame(@Nullable String stack) {
    if (stack == null) {
      return "";
    }
    return stack
        .lines()
        .map(OWN_FRAME::matcher)
        .filter(frame -> frame.find())
        .map(frame -> frame.group(1))
        .findFirst()
        .orElse("");
  }

  private static String digest(String text) {
    try {
      var sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(sum, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
