package io.purgeline.worker.purge;

/** A slice that keeps in the database that a removal got no answer. */
record CarefulSlice(Slice slice, TaskRow row) implements GoAhead {

  @Override
  public void requireGoingOn() {
    slice.requireGoingOn();
  }

  @Override
  public void requireTime() {
    slice.requireTime();
  }

  @Override
  public void unanswered() {
    row.doubt(slice.lease());
  }
}
