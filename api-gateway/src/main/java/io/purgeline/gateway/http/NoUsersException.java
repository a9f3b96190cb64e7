package io.purgeline.gateway.http;

/** Nobody could log in. */
final class NoUsersException extends RuntimeException {

  static final String SENTENCE =
      "No user is configured: set purgeline.security.users[0].name, .password and .roles"
          + " (viewer, editor or operator) to let somebody in.";

  NoUsersException() {
    super(SENTENCE);
  }
}
