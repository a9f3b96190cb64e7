/** A worker on real servers, and deletions as the gateway commits them. */
@NullMarked
package io.purgeline.worker.testing;

import org.jspecify.annotations.NullMarked;
