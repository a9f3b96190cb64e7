package io.purgeline.worker.directories.linux;

import java.util.Optional;

/**
 * What tells a root from another: its marker. Device and inode count only while there is none:
 * every ext4 root is inode 2, and a file system may come back under another device number.
 */
record RootIdentity(long device, long inode, Optional<String> marker) {

  static RootIdentity of(Handle root) {
    var stat = Stat.of(root);
    return new RootIdentity(stat.device(), stat.inode(), RootMarker.read(root));
  }

  static RootIdentity marked(String marker) {
    return new RootIdentity(0, 0, Optional.of(marker));
  }

  boolean hasMarker() {
    return marker.isPresent();
  }

  /** Whether what was found now is the root known by this. */
  boolean accepts(RootIdentity now) {
    return hasMarker() ? marker.equals(now.marker) : device == now.device && inode == now.inode;
  }

  @Override
  public String toString() {
    return marker
        .map(text -> "the marker " + DisplayName.of(TargetPath.bytes(text)))
        .orElse("no marker (device %x, inode %d)".formatted(device, inode));
  }
}
