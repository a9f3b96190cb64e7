/**
 * Object storage as a purge sees it: every version, marker and upload below a prefix, removed in
 * accountable batches.
 */
@NullMarked
package io.purgeline.worker.objects;

import org.jspecify.annotations.NullMarked;
