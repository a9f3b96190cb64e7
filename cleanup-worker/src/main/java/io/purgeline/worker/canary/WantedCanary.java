package io.purgeline.worker.canary;

import io.purgeline.location.Location;
import java.util.UUID;

/**
 * A canary that this worker has to write.
 *
 * @param store the store's name in metrics
 * @param dataset the dataset whose only content it will be
 */
record WantedCanary(String store, UUID dataset, Location location) {}
