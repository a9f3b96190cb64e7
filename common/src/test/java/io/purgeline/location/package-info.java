@NullMarked
package io.purgeline.location;

import org.jspecify.annotations.NullMarked;
