package io.purgeline.outbox;

import org.jspecify.annotations.Nullable;

/** The trace the current thread works in. */
@FunctionalInterface
public interface TraceContext {

  /** No tracing. */
  TraceContext NONE = () -> null;

  /** The W3C {@code traceparent} of the current span, null outside any. */
  @Nullable String current();
}
