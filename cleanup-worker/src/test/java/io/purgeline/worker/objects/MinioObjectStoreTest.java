package io.purgeline.worker.objects;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Access;

class MinioObjectStoreTest extends ObjectStoreContract {

  @Override
  S3Access startServer() {
    return MinioServer.shared().access();
  }

  @Override
  Stoppable ownServer() {
    var server = MinioServer.own();
    return new Stoppable(server.access(), server::stop, server);
  }

  @Override
  public boolean listsAllUploads() {
    return false;
  }
}
