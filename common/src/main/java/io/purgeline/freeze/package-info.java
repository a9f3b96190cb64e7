/** The one switch that stops all purging, kept in the database. */
@NullMarked
package io.purgeline.freeze;

import org.jspecify.annotations.NullMarked;
