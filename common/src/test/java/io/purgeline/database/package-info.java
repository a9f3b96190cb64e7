/** Tests of what the database itself forbids. */
@NullMarked
package io.purgeline.database;

import org.jspecify.annotations.NullMarked;
