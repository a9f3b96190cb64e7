@NullMarked
package io.purgeline.worker.place;

import org.jspecify.annotations.NullMarked;
