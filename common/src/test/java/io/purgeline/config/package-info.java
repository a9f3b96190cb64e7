/** Tests of the configuration and of the files that show it. */
@NullMarked
package io.purgeline.config;

import org.jspecify.annotations.NullMarked;
