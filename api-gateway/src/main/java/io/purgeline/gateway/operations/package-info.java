/** What operators do: freeze, stores, dead letters, audit. */
@NullMarked
package io.purgeline.gateway.operations;

import org.jspecify.annotations.NullMarked;
