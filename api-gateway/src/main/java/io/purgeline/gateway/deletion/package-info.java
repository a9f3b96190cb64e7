/** Asking for a deletion, seeing before what it would do, and watching it. */
@NullMarked
package io.purgeline.gateway.deletion;

import org.jspecify.annotations.NullMarked;
