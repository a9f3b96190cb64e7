package io.purgeline.standalone.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords for one run: the servers listen on the loopback address, where others may live too. */
final class Secret {

  private static final int BYTES = 18;

  private Secret() {}

  static String random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
