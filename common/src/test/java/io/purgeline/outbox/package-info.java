/** Rows become messages, and none is lost. */
@NullMarked
package io.purgeline.outbox;

import org.jspecify.annotations.NullMarked;
