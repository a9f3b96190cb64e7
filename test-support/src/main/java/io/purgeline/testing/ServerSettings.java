package io.purgeline.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where a test's database and broker are, as Spring wants to be told. */
public final class ServerSettings {

  private ServerSettings() {}

  /** By the names of the properties. */
  public static Map<String, String> of(TestDatabase database, TestBroker broker) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.username());
    settings.put("spring.datasource.password", database.password());
    settings.put("spring.rabbitmq.addresses", broker.addresses());
    settings.put("spring.rabbitmq.virtual-host", broker.virtualHost());
    settings.put("spring.rabbitmq.username", broker.username());
    settings.put("spring.rabbitmq.password", broker.password());
    return settings;
  }

  /** The arguments of a command line, others behind them. */
  public static List<String> arguments(TestDatabase database, TestBroker broker, String... others) {
    var servers =
        of(database, broker).entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue());
    return Stream.concat(servers, List.of(others).stream()).toList();
  }
}
