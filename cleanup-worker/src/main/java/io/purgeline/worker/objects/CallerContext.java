package io.purgeline.worker.objects;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Lets interceptors see the context, such as the trace, of the thread that asked for a call: the
 * client library sends calls on threads of its own. Kept with the call and not with the thread,
 * because a call that had to wait is sent by whoever finishes before it.
 */
final class CallerContext extends EventListener implements Interceptor {

  private static final ContextSnapshotFactory CONTEXT = ContextSnapshotFactory.builder().build();

  /** On the thread that asks, before the call is queued. */
  @Override
  public void callStart(Call call) {
    call.tag(ContextSnapshot.class, CONTEXT::captureAll);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var context = chain.call().tag(ContextSnapshot.class);
    if (context == null) {
      return chain.proceed(chain.request());
    }
    try (var scope = context.setThreadLocals()) {
      return chain.proceed(chain.request());
    }
  }
}
