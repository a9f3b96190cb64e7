package io.purgeline.worker.place;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.purgeline.config.ObjectStoreProperties;
import io.purgeline.config.PurgelineProperties;
import io.purgeline.messaging.WorkQueue;
import io.purgeline.outbox.TraceContext;
import io.purgeline.worker.directories.linux.LinuxDirectoryStore;
import io.purgeline.worker.objects.MinioObjectStore;
import io.purgeline.worker.objects.ParallelismLimit;
import io.purgeline.worker.purge.WorkerName;
import io.purgeline.worker.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Connects every configured store and root. */
@Configuration(proxyBeanMethods = false)
public class PlaceConfiguration {

  private static final RetryConfig RETRY = retryWhere(_ -> true);

  /** A root that is missing, or another one, is so at the next call as well. */
  static final RetryConfig ROOT_RETRY = retryWhere(StoreUnavailableException::isPassing);

  private static RetryConfig retryWhere(Predicate<StoreUnavailableException> which) {
    return RetryConfig.custom()
        .maxAttempts(3)
        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(200, 2.0, 0.5, 5_000))
        .retryOnException(e -> e instanceof StoreUnavailableException u && which.test(u))
        .build();
  }

  @Bean
  RetryRegistry storeRetries(MeterRegistry meters) {
    var registry = RetryRegistry.of(RETRY);
    TaggedRetryMetrics.ofRetryRegistry(registry).bindTo(meters);
    return registry;
  }

  @Bean
  CircuitBreakerRegistry storeBreakers(MeterRegistry meters) {
    var registry = CircuitBreakerRegistry.ofDefaults();
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
    return registry;
  }

  @Bean
  ConnectedPlaces connectedPlaces(
      PurgelineProperties properties, RetryRegistry retries, TraceContext trace) {
    var stores = new LinkedHashMap<String, ObjectStoreAccess>();
    properties
        .objectStores()
        .forEach(
            (name, store) -> stores.put(name, access(name, store, properties, retries, trace)));
    var roots = new LinkedHashMap<String, RootAccess>();
    properties
        .directoryRoots()
        .forEach((name, path) ->
            roots.put(
                name,
                new RootAccess(
                    LinuxDirectoryStore.open(path, properties.purge().concurrency()),
                    retries.retry("dir:" + name, ROOT_RETRY))));
    return new ConnectedPlaces(stores, roots);
  }

  private static ObjectStoreAccess access(
      String name,
      ObjectStoreProperties store,
      PurgelineProperties properties,
      RetryRegistry retries,
      TraceContext trace) {
    var purge = properties.purge();
    return new ObjectStoreAccess(
        MinioObjectStore.connect(
            ObjectEndpoints.of(name, store, properties), new TracedRequests(trace)),
        store.buckets(),
        new ParallelismLimit(purge.concurrency()),
        new RateLimit(purge.maxObjectsPerSecond()),
        retries.retry("s3:" + name));
  }

  @Bean
  OutageReports outageReports(JdbcClient jdbc, WorkerName worker) {
    return new OutageReports(jdbc, worker.name());
  }

  @Bean
  OutageWatch outageWatch(OutageReports reports, Places places) {
    return new OutageWatch(reports, places);
  }

  @Bean
  Gates gates(
      ConnectedPlaces places,
      CircuitBreakerRegistry breakers,
      JdbcClient jdbc,
      OutageReports reports) {
    var identities = new PlaceIdentities(jdbc);
    var buckets = new Buckets(identities);
    var roots = new Roots(identities);
    var gates = new ArrayList<StoreGate>();
    places
        .stores()
        .forEach((name, access) ->
            gates.add(
                new StoreGate(
                    WorkQueue.objects(name),
                    breakers.circuitBreaker("s3:" + name),
                    () -> buckets.recogniseAny(access, name),
                    () -> buckets.recogniseAll(access, name),
                    reports)));
    places
        .roots()
        .forEach((name, root) ->
            gates.add(
                new StoreGate(
                    WorkQueue.directories(name),
                    breakers.circuitBreaker("dir:" + name),
                    () -> roots.recognise(name, root.store()),
                    () -> {},
                    reports)));
    return new Gates(gates);
  }

  @Bean
  MeterBinder storeBreakerStates(Gates gates) {
    return registry -> gates.all().forEach(gate -> gate.bindTo(registry));
  }

  @Bean
  Places places(ConnectedPlaces connected, Gates gates, JdbcClient jdbc, OutageReports reports) {
    var identities = new PlaceIdentities(jdbc);
    return new Places(
        connected,
        new Buckets(identities),
        new Roots(identities),
        gates,
        new Absences(System::nanoTime, reports));
  }
}
