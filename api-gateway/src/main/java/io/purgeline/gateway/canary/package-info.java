/** Small deletions of Purgeline's own that show, now and then, that everything works. */
@NullMarked
package io.purgeline.gateway.canary;

import org.jspecify.annotations.NullMarked;
