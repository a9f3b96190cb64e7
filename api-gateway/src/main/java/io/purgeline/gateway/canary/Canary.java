package io.purgeline.gateway.canary;

import io.purgeline.location.Location;
import java.util.UUID;

/**
 * A round that runs.
 *
 * @param store the store's name in metrics
 * @param dataset the dataset that is deleted in this round
 */
record Canary(String store, UUID dataset, Location location) {}
