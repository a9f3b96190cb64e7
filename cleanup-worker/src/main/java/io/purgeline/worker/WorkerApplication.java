package io.purgeline.worker;

import io.purgeline.foundation.Foundation;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Purges. Any number may run at once, each serving the stores and roots it was given. */
@SpringBootApplication(
    // Where a worker shares its class path with a gateway, it must not get the gateway's login.
    excludeName = {
      WorkerApplication.SECURITY + "SecurityAutoConfiguration",
      WorkerApplication.SECURITY + "UserDetailsServiceAutoConfiguration",
      WorkerApplication.SECURITY + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
      WorkerApplication.SECURITY + "web.servlet.SecurityFilterAutoConfiguration",
      WorkerApplication.SECURITY + "web.servlet.ServletWebSecurityAutoConfiguration"
    })
@Import(Foundation.class)
public class WorkerApplication {

  static final String SECURITY = "org.springframework.boot.security.autoconfigure.";

  public static void main(String[] args) {
    start(args);
  }

  /**
   * Starts a worker in this JVM; its defaults are in {@code worker.yaml}.
   *
   * @param args further properties, as {@code --name=value}
   */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(WorkerApplication.class)
        .properties("spring.config.name=worker")
        .run(args);
  }
}
