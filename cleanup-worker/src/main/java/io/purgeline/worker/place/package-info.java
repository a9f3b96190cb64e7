/**
 * The stores and roots this worker can reach: recognised, guarded by retries and breakers, and
 * probed while they are down.
 */
@NullMarked
package io.purgeline.worker.place;

import org.jspecify.annotations.NullMarked;
