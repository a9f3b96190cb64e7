package io.purgeline.benchmarks;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Purgeline itself, from the DELETE to PURGED: announced, listed, removed, listed as empty. */
final class Pipeline implements Contender {

  private final String name;
  private final Catalogue catalogue;
  private final Map<String, String> datasets = new HashMap<>();

  Pipeline(String name, Catalogue catalogue) {
    this.name = name;
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String bucket() {
    return catalogue.bucket();
  }

  @Override
  public void prepare(Filled filled) throws IOException, InterruptedException {
    datasets.put(filled.prefix(), catalogue.register(filled.prefix(), filled.keys().size()));
  }

  @Override
  public void empty(Filled filled) throws IOException, InterruptedException {
    var dataset = Objects.requireNonNull(datasets.get(filled.prefix()));
    // Asking again and again would take the time that it measures.
    var purged = catalogue.awaitPurged(catalogue.deleteAndWait(dataset));
    if (purged != filled.keys().size()) {
      throw new IllegalStateException(filled.prefix() + ": purged " + purged);
    }
  }
}
