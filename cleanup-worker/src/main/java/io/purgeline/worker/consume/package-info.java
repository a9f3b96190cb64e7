/**
 * From the broker to the executor: what is consumed, when not, and what becomes of messages nobody
 * can act on.
 */
@NullMarked
package io.purgeline.worker.consume;

import org.jspecify.annotations.NullMarked;
