/** What every process of Purgeline starts with. */
@NullMarked
package io.purgeline.foundation;

import org.jspecify.annotations.NullMarked;
