package io.purgeline.standalone.embedded;

/**
 * How to reach the embedded broker.
 *
 * @param addresses host and port, as {@code spring.rabbitmq.addresses} wants them
 */
public record BrokerAccess(
    String addresses, String virtualHost, String username, String password) {}
