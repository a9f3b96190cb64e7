package io.purgeline.worker.store;

/**
 * One key or path that could not be removed.
 *
 * @param what the key (with {@code ?versionId=...} for a version) or the path relative to its root,
 *     escaped for display: bytes that are no printable UTF-8 appear as {@code \xNN}
 * @param code the store's own code ({@code AccessDenied}) or the name of the errno ({@code EPERM})
 * @param message the store's words, one line
 * @param bytes the size of what stays, 0 where unknown
 */
public record ItemFailure(String what, String code, String message, long bytes) {}
