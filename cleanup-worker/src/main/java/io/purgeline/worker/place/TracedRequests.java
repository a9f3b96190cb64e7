package io.purgeline.worker.place;

import io.purgeline.outbox.TraceContext;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Tells the store which trace a request belongs to. */
record TracedRequests(TraceContext trace) implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    var traceparent = trace.current();
    var request = chain.request();
    return chain.proceed(
        traceparent == null
            ? request
            : request.newBuilder().header("traceparent", traceparent).build());
  }
}
