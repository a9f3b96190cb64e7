package io.purgeline.freeze;

import java.time.Instant;

/** That nothing may be purged, since when, by whom and why. */
public record FreezeOrder(String actor, String reason, Instant since) {}
