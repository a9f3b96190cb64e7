/** The names and the shape of everything that travels through the broker. */
@NullMarked
package io.purgeline.messaging;

import org.jspecify.annotations.NullMarked;
