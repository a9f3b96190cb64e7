/** Everything in one JVM, for trying the product and for small installations. */
@NullMarked
package io.purgeline.standalone;

import org.jspecify.annotations.NullMarked;
