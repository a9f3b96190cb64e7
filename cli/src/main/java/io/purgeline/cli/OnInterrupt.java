package io.purgeline.cli;

/** Says on Ctrl-C what goes on without anybody watching. */
final class OnInterrupt implements AutoCloseable {

  private final Thread hook;

  private OnInterrupt(Thread hook) {
    this.hook = hook;
  }

  /** From now on, until it is closed. */
  static OnInterrupt say(Screen screen, String sentence) {
    var hook = new Thread(() -> screen.warning(sentence), "on-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new OnInterrupt(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the interrupt came at this moment: the sentence is being said
    }
  }
}
