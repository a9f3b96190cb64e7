/** The process that purges. */
@NullMarked
package io.purgeline.worker;

import org.jspecify.annotations.NullMarked;
