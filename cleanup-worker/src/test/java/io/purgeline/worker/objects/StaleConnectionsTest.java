package io.purgeline.worker.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Fixture;
import io.purgeline.testing.TcpProxy;
import io.purgeline.worker.store.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that was started anew has closed many connections at once. */
class StaleConnectionsTest {

  private static final int CONNECTIONS = 8;

  @Test
  void oneCallMeetsAClosedConnectionAndTheNextANewOne() {
    var access = MinioServer.shared().access();
    try (var proxy = new TcpProxy(access.endpoint().getPort());
        var fixture = new S3Fixture(access);
        var store =
            StoreUnderTest.connect(
                URI.create("http://127.0.0.1:" + proxy.port()), access, Duration.ofSeconds(30))) {
      var bucket = fixture.newBucket();
      IntStream.range(0, CONNECTIONS).parallel().forEach(_ -> store.bucket(bucket));
      proxy.cutOff();
      proxy.restore();

      assertThatThrownBy(() -> store.bucket(bucket)).isInstanceOf(StoreUnavailableException.class);
      assertThat(store.bucket(bucket).name()).isEqualTo(bucket);
      assertThat(store.bucket(bucket).name()).isEqualTo(bucket);
    }
  }
}
