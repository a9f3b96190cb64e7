package io.purgeline.testing;

/** The ports of one RabbitMQ node, all its own, so that any number of nodes run side by side. */
record RabbitPorts(int amqp, int management, int metrics, int distribution, int epmd) {

  static RabbitPorts free() {
    return new RabbitPorts(
        StablePort.next(),
        StablePort.next(),
        StablePort.next(),
        StablePort.next(),
        StablePort.next());
  }
}
