/** Writes what a canary deletion is to purge. */
@NullMarked
package io.purgeline.worker.canary;

import org.jspecify.annotations.NullMarked;
