package io.purgeline.worker.objects;

/** How a key may be sent. */
enum KeyShape {
  /** In a batch with others. */
  BATCHABLE,
  /**
   * XML can't carry it: a batch would be refused, or delete another key (CR is read as LF) and
   * report success.
   */
  ALONE,
  /** A client or store would fold it into another key. */
  UNSAFE;

  static KeyShape of(String key) {
    for (var segment : key.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return UNSAFE;
      }
    }
    if (key.startsWith("/") || key.contains("//")) {
      return UNSAFE;
    }
    return key.chars().anyMatch(KeyShape::breaksXml) ? ALONE : BATCHABLE;
  }

  private static boolean breaksXml(int c) {
    return c < 0x20 || c == 0xfffe || c == 0xffff;
  }

  /** The key for people: what cannot be printed as {@code \xNN}. */
  static String display(String key) {
    var text = new StringBuilder();
    key.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || c == 0xfffe || c == 0xffff) {
            text.append(String.format("\\x%02x", c));
          } else {
            text.appendCodePoint(c);
          }
        });
    return text.toString();
  }
}
