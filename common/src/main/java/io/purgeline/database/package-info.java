/** Small conveniences of the database both processes use. */
@NullMarked
package io.purgeline.database;

import org.jspecify.annotations.NullMarked;
