/**
 * Messages are written with the change they announce and published from there, by the relay alone.
 */
@NullMarked
package io.purgeline.outbox;

import org.jspecify.annotations.NullMarked;
