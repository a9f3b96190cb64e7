package io.purgeline.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says in one sentence what went wrong between here and the server. */
final class Problems {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Problems() {}

  /** The server said no, or something else answered. */
  static FailedException refused(HttpResponse<String> answer) {
    JsonNode problem;
    try {
      problem = JSON.readTree(answer.body());
    } catch (JacksonException e) {
      return notPurgeline(answer);
    }
    var detail = problem.path("detail").asString("");
    if (detail.isBlank()) {
      return notPurgeline(answer);
    }
    return new FailedException(exitCode(answer.statusCode()), sentence(problem, detail));
  }

  private static int exitCode(int status) {
    if (status >= 500) {
      return ExitCode.UNREACHABLE;
    }
    return status == 400 || status == 422 ? ExitCode.USAGE : ExitCode.REFUSED;
  }

  private static String sentence(JsonNode problem, String detail) {
    var sentence = detail.matches(".*[.!?]") ? detail : detail + ".";
    var deletion = problem.path("deletion_id").asString("");
    return deletion.isEmpty()
        ? sentence
        : sentence + " It was deleted before: deletion " + deletion + ".";
  }

  /** Something answers, in words that no gateway uses. */
  static FailedException notPurgeline(HttpResponse<String> answer) {
    var uri = answer.uri();
    return new FailedException(
        ExitCode.UNREACHABLE,
        "What answers at %s://%s (with %d) is not Purgeline, or something stands before it."
            .formatted(uri.getScheme(), uri.getAuthority(), answer.statusCode()));
  }

  /** Nothing answered. */
  static FailedException unreachable(URI base, IOException e) {
    return new FailedException(
        ExitCode.UNREACHABLE, "Cannot reach %s: %s.".formatted(base, cause(base, e)));
  }

  private static String cause(URI base, IOException e) {
    if (e instanceof HttpTimeoutException) {
      return "it did not answer in time";
    }
    if (e instanceof ConnectException) {
      return isUnresolved(e) ? "there is no host of that name" : "nothing listens there";
    }
    if (e instanceof SSLException) {
      return "no secure connection, " + message(e);
    }
    return "http".equals(base.getScheme())
        ? "the connection broke off (does it want https?), " + message(e)
        : "the connection broke off, " + message(e);
  }

  private static boolean isUnresolved(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String message(IOException e) {
    var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("[.?!]+$", "");
  }
}
