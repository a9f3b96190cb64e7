package io.purgeline.benchmarks;

/** A way to empty a prefix. */
interface Contender {

  String name();

  /** The bucket it empties prefixes of. */
  String bucket();

  /** Told of every prefix before anything is removed. */
  default void prepare(Filled filled) throws Exception {}

  /** Returns when the prefix is empty, as far as this contender can tell. */
  void empty(Filled filled) throws Exception;
}
