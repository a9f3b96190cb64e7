package io.purgeline.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The one user of an embedded stack: made once, and kept beside the data for the next start. */
public record Login(String name, String password) {

  private static final String FILE = "login";

  static Login in(Path data) throws IOException {
    var file = data.resolve(FILE);
    if (!Files.exists(file)) {
      var bytes = new byte[12];
      new SecureRandom().nextBytes(bytes);
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
      Files.writeString(file, HexFormat.of().formatHex(bytes));
    }
    return new Login("admin", Files.readString(file).strip());
  }
}
