@NullMarked
package io.purgeline.worker.consume;

import org.jspecify.annotations.NullMarked;
