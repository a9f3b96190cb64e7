/** The configuration both processes share. */
@NullMarked
package io.purgeline.config;

import org.jspecify.annotations.NullMarked;
