package io.purgeline.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.OptionalDouble;

/** What a process shows to Prometheus. */
record Scrape(List<String> lines) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Scrape of(URI process) {
    return of(process, "text/plain");
  }

  /** With exemplars, which only this format has. */
  static Scrape openMetrics(URI process) {
    return of(process, "application/openmetrics-text; version=1.0.0");
  }

  private static Scrape of(URI process, String format) {
    var request = HttpRequest.newBuilder(process.resolve("/metrics")).header("Accept", format);
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Scrape(answer.body().lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of a series, written as Prometheus shows it; empty if there is none. */
  OptionalDouble value(String series) {
    return lines.stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1).split(" ")[0]))
        .findFirst();
  }

  /** The lines of series that begin like this. */
  List<String> of(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).toList();
  }
}
