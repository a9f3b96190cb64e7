package io.purgeline.config;

/** The configuration makes no sense. The message is one sentence that names what is wrong. */
public final class ConfigurationException extends RuntimeException {

  public ConfigurationException(String sentence) {
    super(sentence);
  }
}
