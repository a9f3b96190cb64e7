/** Following what happens without holding a thread or a connection. */
@NullMarked
package io.purgeline.gateway.watch;

import org.jspecify.annotations.NullMarked;
