/**
 * Directory roots on Linux, by system calls: every directory is opened by one name in an open
 * directory, never through a symbolic link and never into another mount.
 */
@NullMarked
package io.purgeline.worker.directories.linux;

import org.jspecify.annotations.NullMarked;
