package io.purgeline.worker.purge;

import org.jspecify.annotations.Nullable;

/** A message as it came, for a person to read. */
public final class RawMessage {

  private final byte[] body;
  private final @Nullable String headers;
  private final @Nullable String id;
  private final boolean redelivered;

  /**
   * A message.
   *
   * @param headers its headers as a JSON object, null if they cannot be kept
   * @param id what its sender called it, null if nothing
   * @param redelivered whether the broker says that it was delivered before
   */
  public RawMessage(
      byte[] body, @Nullable String headers, @Nullable String id, boolean redelivered) {
    this.body = body;
    this.headers = headers;
    this.id = id;
    this.redelivered = redelivered;
  }

  byte[] body() {
    return body;
  }

  @Nullable String headers() {
    return headers;
  }

  @Nullable String id() {
    return id;
  }

  boolean redelivered() {
    return redelivered;
  }
}
