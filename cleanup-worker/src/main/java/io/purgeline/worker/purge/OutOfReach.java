package io.purgeline.worker.purge;

import java.time.Duration;

/**
 * A place that does not answer as it should.
 *
 * @param problem what is wrong with it as a whole
 * @param delay how long to wait before it is worth while to try again
 */
public record OutOfReach(String problem, Duration delay) {}
