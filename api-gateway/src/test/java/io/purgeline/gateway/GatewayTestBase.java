package io.purgeline.gateway;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.testing.PostgresServer;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** A whole gateway on a real database, with no broker: what it publishes stays in the outbox. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=gateway",
      "purgeline.security.users[0].name=alice",
      "purgeline.security.users[0].password={noop}secret",
      "purgeline.security.users[0].roles=operator",
      "purgeline.security.users[1].name=edith",
      "purgeline.security.users[1].password={bcrypt}$2b$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u",
      "purgeline.security.users[1].roles=editor",
      "purgeline.security.users[2].name=victor",
      "purgeline.security.users[2].password={noop}secret",
      "purgeline.security.users[2].roles=viewer",
      "purgeline.object-stores.main.buckets=heimdall-synthetic-iq",
      "purgeline.directory-roots.trainings=/nonexistent/trainings",
      "purgeline.directory-roots.datasets=/nonexistent/datasets",
      "purgeline.canary.interval=0",
      "spring.datasource.hikari.connection-timeout=60000", // a busy machine is no outage
      "management.otlp.tracing.export.enabled=false"
    })
public abstract class GatewayTestBase {

  static {
    // A test that passes is not slower for it, and a busy machine fails none.
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @LocalServerPort protected int port;
  @Autowired protected DataSource dataSource;
  @Autowired protected DeletionProgress progress;
  @Autowired protected TransactionTemplate transactions;

  protected Api api;
  protected JdbcClient sql;
  protected Records records;

  @DynamicPropertySource
  static void parts(DynamicPropertyRegistry properties) {
    var database = PostgresServer.shared().newMigratedDatabase();
    properties.add("spring.datasource.url", database::jdbcUrl);
    properties.add("spring.datasource.username", database::username);
    properties.add("spring.datasource.password", database::password);
    properties.add("spring.rabbitmq.addresses", () -> "127.0.0.1:1"); // nobody listens there
  }

  @BeforeEach
  void connect() {
    api = new Api(port);
    sql = JdbcClient.create(dataSource);
    records = new Records(sql, transactions, progress);
  }
}
