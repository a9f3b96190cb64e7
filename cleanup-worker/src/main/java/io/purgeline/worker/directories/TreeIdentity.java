package io.purgeline.worker.directories;

/**
 * What tells one directory from another that later takes its place.
 *
 * @param inode its inode number
 * @param bornAtNanos its birth time in nanoseconds since 1970, 0 where the file system has none
 */
public record TreeIdentity(long inode, long bornAtNanos) {}
