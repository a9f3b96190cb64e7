/** Real servers for tests, each a private one, and a clock that tests move by hand. */
@NullMarked
package io.purgeline.testing;

import org.jspecify.annotations.NullMarked;
