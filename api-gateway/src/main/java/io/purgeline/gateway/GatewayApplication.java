package io.purgeline.gateway;

import io.purgeline.foundation.Foundation;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Answers HTTP and relays messages. Any number may run at once. */
@SpringBootApplication
@Import(Foundation.class)
public class GatewayApplication {

  public static void main(String[] args) {
    start(args);
  }

  /**
   * Starts a gateway in this JVM; its defaults are in {@code gateway.yaml}.
   *
   * @param args further properties, as {@code --name=value}
   */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(GatewayApplication.class)
        .properties("spring.config.name=gateway")
        .run(args);
  }
}
