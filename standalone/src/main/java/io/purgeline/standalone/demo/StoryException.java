package io.purgeline.standalone.demo;

/** Something is not as the story says it must be. */
final class StoryException extends RuntimeException {

  StoryException(String message) {
    super(message);
  }
}
