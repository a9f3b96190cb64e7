/** What exists: datasets and their samples, jobs, trainings, models. */
@NullMarked
package io.purgeline.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
