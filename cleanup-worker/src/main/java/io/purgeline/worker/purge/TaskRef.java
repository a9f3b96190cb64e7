package io.purgeline.worker.purge;

import java.util.UUID;

/** What a message says: which task, and which of its messages this is. */
public record TaskRef(UUID taskId, int generation) {}
