package io.purgeline.outbox;

/** Told of every run of the relay: the one place where it is measured. */
public interface RelayListener {

  /** A batch was published. */
  void ran(RelayReport report);

  /** The broker could not be reached, or the database not asked. */
  void failed(RuntimeException cause);
}
