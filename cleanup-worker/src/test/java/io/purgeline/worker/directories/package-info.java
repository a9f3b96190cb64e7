@NullMarked
package io.purgeline.worker.directories;

import org.jspecify.annotations.NullMarked;
