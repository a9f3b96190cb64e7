/** The process that answers HTTP and relays messages. */
@NullMarked
package io.purgeline.gateway;

import org.jspecify.annotations.NullMarked;
