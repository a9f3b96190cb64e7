package io.purgeline.outbox;

import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** The current span as W3C Trace Context writes it. */
record MicrometerTraceContext(Tracer tracer) implements TraceContext {

  @Override
  public @Nullable String current() {
    var span = tracer.currentSpan();
    if (span == null || span.isNoop()) {
      return null;
    }
    var context = span.context();
    var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
    return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
  }
}
