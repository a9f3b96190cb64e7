/**
 * What every place that holds bytes has in common: how it fails and how its failures are reported.
 */
@NullMarked
package io.purgeline.worker.store;

import org.jspecify.annotations.NullMarked;
