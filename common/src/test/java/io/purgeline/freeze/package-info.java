@NullMarked
package io.purgeline.freeze;

import org.jspecify.annotations.NullMarked;
