/** Who did what, why and with which outcome: append-only, sealed into a chain of hashes. */
@NullMarked
package io.purgeline.audit;

import org.jspecify.annotations.NullMarked;
