package io.purgeline.worker;

import io.purgeline.foundation.Foundation;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Purges. Any number may run at once, each serving the stores and roots it was given. */
@SpringBootApplication
@Import(Foundation.class)
public class WorkerApplication {

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
