/** The pipeline on real servers: from a committed deletion to a verified empty place. */
@NullMarked
package io.purgeline.worker.purge;

import org.jspecify.annotations.NullMarked;
