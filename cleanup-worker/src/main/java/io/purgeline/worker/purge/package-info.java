/**
 * One purge task from claim to outcome; {@link io.purgeline.worker.purge.PurgeExecutor} is the
 * door.
 */
@NullMarked
package io.purgeline.worker.purge;

import org.jspecify.annotations.NullMarked;
