/** Measures Purgeline beside what it is compared with, in the same run on the same servers. */
@NullMarked
package io.purgeline.benchmarks;

import org.jspecify.annotations.NullMarked;
