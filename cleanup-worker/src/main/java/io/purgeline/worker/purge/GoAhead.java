package io.purgeline.worker.purge;

/** Whether a store may still be called. What a method throws ends the call before it is made. */
public interface GoAhead {

  /** For what is not part of a slice: nothing ends it early. */
  GoAhead UNLIMITED =
      new GoAhead() {

        @Override
        public void requireGoingOn() {}

        @Override
        public void requireTime() {}

        @Override
        public void unanswered() {}
      };

  /** Asked right before every call, each repetition too. */
  void requireGoingOn();

  /**
   * Asked in its stead by what may have to wait long for its turn: a removal. It is left for later
   * once the time is used up.
   */
  void requireTime();

  /** A removal got no answer, so that it may still be carried out. */
  void unanswered();
}
