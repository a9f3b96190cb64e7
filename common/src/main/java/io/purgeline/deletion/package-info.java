/**
 * Deletions and their purge tasks: states, kinds and the transition of a deletion as its tasks
 * move.
 */
@NullMarked
package io.purgeline.deletion;

import org.jspecify.annotations.NullMarked;
