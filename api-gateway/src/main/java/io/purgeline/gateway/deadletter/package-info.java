/** Purges that gave up: what an operator sees of them, gives up or puts back. */
@NullMarked
package io.purgeline.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
