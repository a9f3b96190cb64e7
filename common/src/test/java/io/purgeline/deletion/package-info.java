/** What a deletion comes to. */
@NullMarked
package io.purgeline.deletion;

import org.jspecify.annotations.NullMarked;
