package io.purgeline.worker.purge;

import java.lang.management.ManagementFactory;
import java.util.UUID;

/**
 * Who holds a lease; different for every start of every process.
 *
 * @param name host, process and a random part
 */
public record WorkerName(String name) {

  public static WorkerName ofThisProcess() {
    var process = ManagementFactory.getRuntimeMXBean().getName(); // pid@host
    return new WorkerName(process + "/" + UUID.randomUUID().toString().substring(0, 8));
  }
}
