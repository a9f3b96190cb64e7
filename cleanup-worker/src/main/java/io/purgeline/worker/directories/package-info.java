/**
 * Directory trees as a purge sees them: moved aside in one step, then unlinked by handles that
 * never follow a link.
 */
@NullMarked
package io.purgeline.worker.directories;

import org.jspecify.annotations.NullMarked;
