package io.purgeline.gateway.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.purgeline.deletion.FailureClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Open dead letters that have the same cause.
 *
 * @param group the fingerprint they share
 * @param title the cause, in words
 * @param count how many there are, as many as a replay of the group would meet
 * @param bytes how much is left of them
 * @param kinds what was deleted
 * @param stores the queues of the stores and roots that hold the bytes
 * @param sampleIds some of them to look at
 */
record DeadLetterGroup(
    String group,
    @JsonProperty("class") FailureClass failureClass,
    String title,
    long count,
    long bytes,
    Instant firstSeen,
    Instant lastSeen,
    List<String> kinds,
    List<String> stores,
    List<UUID> sampleIds) {}
