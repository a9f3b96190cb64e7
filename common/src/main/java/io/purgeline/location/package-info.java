/** Where a resource's bytes are: the two kinds of location and the one way to read them. */
@NullMarked
package io.purgeline.location;

import org.jspecify.annotations.NullMarked;
