package io.purgeline.it.messaging;

import io.purgeline.testing.TestBroker;

/** A broker that can be killed. */
interface BrokerUnderTest extends AutoCloseable {

  /** How it is reached now; another way after a restart. */
  TestBroker access();

  /** Kills it and starts it again on its data. */
  void restart();

  @Override
  void close();
}
