package io.purgeline.gateway.http;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one sentence why the gateway does not start. */
final class NoUsersAnalyzer extends AbstractFailureAnalyzer<NoUsersException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NoUsersException cause) {
    return new FailureAnalysis(NoUsersException.SENTENCE, null, cause);
  }
}
