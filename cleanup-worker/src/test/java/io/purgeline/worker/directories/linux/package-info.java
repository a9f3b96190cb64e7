@NullMarked
package io.purgeline.worker.directories.linux;

import org.jspecify.annotations.NullMarked;
